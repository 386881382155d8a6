"""The webhook seen from outside: who may post, and what the answers mean to Telegram."""

import json
from collections.abc import Mapping

import aiohttp
import pytest

from tests.faults.storage import Storage
from tests.faults.world import PARTS, WEBHOOK_SECRET, World, part_text

HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def _post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers={"Content-Type": "application/json", **headers}) as answer,
    ):
        return answer.status


def _update(user_id: int, text: str, update_id: int = 77) -> bytes:
    user = {"id": user_id, "is_bot": False, "first_name": "Eve"}
    chat = {"id": user_id, "type": "private", "first_name": "Eve"}
    message = {"message_id": 5, "date": 1_790_000_000, "from": user, "chat": chat, "text": text}
    return json.dumps({"update_id": update_id, "message": message}).encode()


async def test_only_who_knows_the_secret_may_post(world: World, storage: Storage) -> None:
    """A wrong, missing or unreadable secret is a 403, and nothing is stored."""
    settings = world.way_in("webhook")
    await world.run(storage.url, **settings)
    body = _update(66, "/start")
    wrong: list[dict[str, str]] = [{}, {HEADER: "guess"}, {HEADER: ""}, {HEADER: "gu\udcffss"}, {HEADER: "ключ"}]
    for headers in wrong:
        assert await _post(settings["WEBHOOK_URL"], body, headers) == 403
    assert storage.rows("SELECT count(*) FROM updates") == [(0,)]


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"[]", b"7", b'"text"', b"{}", b"\xff\xfe", b'{"update_id": "x", "message": 7}', b"[" * 9_000],
    ids=lambda body: str(body[:12]),
)
async def test_body_that_is_no_update_is_not_asked_for_again(
    world: World, sqlite_url: str, body: bytes
) -> None:
    """Anything else than 200 would make Telegram repeat it; the bot goes on."""
    settings = world.way_in("webhook")
    child = await world.run(sqlite_url, **settings)
    assert await _post(settings["WEBHOOK_URL"], body, {HEADER: WEBHOOK_SECRET}) == 200
    person = world.someone()
    person.write("/help")
    await person.reads("/history")
    assert child.events("update_unreadable")


async def test_update_posted_twice_is_handled_once(world: World, storage: Storage) -> None:
    """Telegram posts again what it got no answer for; the update is known by its id."""
    settings = world.way_in("webhook")
    await world.run(storage.url, **settings)
    person = world.someone()
    await person.opens_question()
    world.fault("duplicate_update", times=2)
    await person.tells("hook", PARTS[:3])
    assert storage.words_of(person.id) == [part_text("hook", part) for part in PARTS[:3]]


@pytest.mark.slow
async def test_locked_database_is_no_200(world: World, storage: Storage) -> None:
    """What could not be stored is answered with 500, so that Telegram posts it again."""
    if not storage.is_sqlite:
        pytest.skip("PostgreSQL waits for the lock")
    settings = world.way_in("webhook")
    await world.run(storage.url, **settings)
    person = world.someone()
    with storage.locked():
        status = await _post(settings["WEBHOOK_URL"], _update(67, "/start"), {HEADER: WEBHOOK_SECRET})
        person.write("/help")
    assert status == 500
    await person.reads("/history")
