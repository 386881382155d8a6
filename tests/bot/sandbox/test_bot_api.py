"""What holds for every call: method names, tokens, unknown parameters, counting."""

from tests.bot.sandbox.conftest import ANN, Line


async def test_an_unknown_method_is_not_found(line: Line) -> None:
    """404, as Telegram answers."""
    body = await line.bot("sendMesage", chat_id=ANN)
    assert body == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert line.sandbox.complaints == ["sendMesage: 404 Not Found"]


async def test_another_token_is_unauthorized(line: Line) -> None:
    """A wrong token is 401, one that is no token at all 404."""
    for token, code, description in (("1:abc", 401, "Unauthorized"), ("abc", 404, "Not Found")):
        async with line.session.get(f"{line.sandbox.url}/bot{token}/getMe") as answer:
            assert answer.status == code
            assert await answer.json() == {"ok": False, "error_code": code, "description": description}


async def test_an_unknown_parameter_is_ignored_but_remembered(line: Line) -> None:
    """Telegram would say nothing; a test can."""
    await line.person()
    await line.ok("sendMessage", chat_id=ANN, text="x", parsemode="HTML")
    assert line.sandbox.complaints == ["sendMessage: unknown parameter parsemode"]


async def test_a_body_that_is_no_json_is_refused(line: Line) -> None:
    """A broken body answers 400 instead of breaking the server."""
    headers = {"Content-Type": "application/json"}
    async with line.session.post(f"{line.root}/getMe", data=b"{", headers=headers) as answer:
        assert answer.status == 400


async def test_calls_are_counted(line: Line) -> None:
    """The statistics tell how often each method was called and how it was answered."""
    await line.ok("getMe")
    await line.bot("getMe")
    await line.bot("getChat", chat_id=1)
    stats = await line.app("GET", "/stats")
    assert stats["requests"] == {"getMe": 2, "getChat": 1}
    assert stats["answers"] == {"200": 2, "400": 1}
    assert stats["complaints"] == ["getChat: 400 Bad Request: chat not found"]
