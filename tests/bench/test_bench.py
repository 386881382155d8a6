"""The benches at toy size: that they run and count right. No time is looked at here."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench import filling, history, push, results, start, tick
from tests.bench.account import Account, parse
from tests.bench.ground import AIOGRAM, NAIVE, PTB, STARLING, Ground, ground
from tests.bench.people import PARTS
from tests.bench.processes import worker
from tests.bench.results import Figure
from tests.bench.sizes import QUICK
from tests.bench.steps import step_cost
from tests.bench.wire import read_body
from tests.faults.storage import Storage

TOY = replace(
    QUICK,
    push_people=20,
    push_rounds=1,
    paced_people=20,
    paced_seconds=3.0,
    tick_people=(200, 300),
    tick_rounds=1,
    history_answers=1_200,
    history_long=600,
    history_rounds=1,
    soak_updates=2_000,
)

PEOPLE = 3

needs_aiogram = pytest.mark.skipif(find_spec("aiogram") is None, reason="aiogram is in the extra [bench]")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """One stub for all tests here."""
    with ground(tmp_path_factory.mktemp("bench")) as opened:
        yield opened


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_starling_takes_every_step_of_everybody(place: Ground, way: str):
    """What is counted as a step is one stored answer part, each with one reply."""
    url = place.database("sqlite")
    with place.running(f"starling {way}", STARLING, webhook=way == "webhook", DATABASE_URL=url) as program:
        step_cost(program, is_starling=True, people=PEOPLE, number=0)
    rows = Storage(url).rows("SELECT count(*) FROM answers WHERE submitted_at IS NOT NULL AND result <> ''")
    assert rows == [(PEOPLE,)]


@pytest.mark.parametrize(
    ("name", "arguments", "webhook"),
    [
        ("ptb", PTB, False),
        ("naive", NAIVE, False),
        pytest.param("aiogram", AIOGRAM, False, marks=needs_aiogram),
        pytest.param("aiogram-webhook", AIOGRAM, True, marks=needs_aiogram),
    ],
)
def test_every_peer_answers_every_text(place: Ground, name: str, arguments: list[str], webhook: bool):
    """A contestant that loses texts would be measured too cheap."""
    with place.running(name, arguments, webhook=webhook) as peer:
        waits = peer.play("answer", PEOPLE)
        calls = place.stub.order(peer.token, "sent", count=0, seconds=0)["calls"]
    assert len(waits) == calls["sendMessage"] == PEOPLE * len(PARTS)


def test_pushes_under_limits_reach_everybody_with_no_429(place: Ground):
    """The real program keeps to the limits that the stub enforces."""
    figures = {figure.name: figure for figure in push._paced(place, TOY)}
    assert figures["429 answers meanwhile"].value == 0


def test_stub_enforces_the_limits():
    """Whoever sends faster than Telegram allows is told how long to wait."""
    account = Account("1:token")
    account.limit(on=True)
    answers = [account.call("sendMessage", {"chat_id": str(chat), "text": "hello"}) for chat in range(1, 40)]
    status, body = answers[-1]
    assert answers[0][0] == 200
    assert (status, json.loads(body)["parameters"]["retry_after"]) == (429, 1)
    assert account.refused > 0


def test_tick_asks_exactly_those_who_are_due(database_url: str):
    """The tick that is measured does the work: one push for each of the people due, none for others."""
    filling.add_people(database_url, tick.FIRST, 200)
    filling.make_due(database_url, tick.FIRST, tick.DUE)
    with worker(database_url, None) as each:
        each.do(do="tick")
    rows = Storage(database_url).rows("SELECT min(chat_id), max(chat_id), count(*) FROM outbox")
    assert rows == [(1, 100, 100)]


def test_history_is_filled_and_searchable(database_url: str):
    """Rows made in bulk are found by page and by word as if they had been submitted one by one."""
    history.fill(database_url, TOY)
    storage = Storage(database_url)
    assert storage.rows("SELECT count(*) FROM answers WHERE submitted_at IS NOT NULL") == [(1_200,)]
    with worker(database_url, None) as each:
        costs = history._round(each)
    assert set(costs) == {*history.PAGES, *history.SEARCHES}


def test_start_is_measured_up_to_the_first_reply(place: Ground):
    """A reply comes from a database that is not there yet."""
    wait, cpu, resident_mb = start.first_reply(place, place.database("sqlite", migrated=False))
    assert min(wait, cpu, resident_mb) > 0


def test_results_say_which_bounds_are_met(tmp_path: Path):
    """A figure with a bound is met or not; one without is for comparison."""
    figures = [
        Figure("step", "cheap", 0.5, "x", bound=1.0),
        Figure("push", "slow", 10.0, "/s", bound=1000.0, at_least=True),
        results.ratio("step", "compared", [2.0, 4.0, 6.0], [1.0, 1.0, 2.0], bound=None),
    ]
    console = Console(width=120, record=True, quiet=True)
    results.show(figures, console)
    results.write(figures, tmp_path / "bench.json", quick=True)
    kept = json.loads((tmp_path / "bench.json").read_text())["figures"]
    assert [(figure["value"], figure["met"]) for figure in kept] == [(0.5, True), (10.0, False), (3.0, None)]


def test_stub_reads_every_kind_of_body():
    """The peers' libraries send forms, multipart forms and JSON."""
    multipart = (
        b'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n'
        b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\na\r\nb\r\n--x--\r\n'
    )
    assert read_body(b"application/x-www-form-urlencoded", b"chat_id=7&text=a+b") == {
        "chat_id": "7",
        "text": "a b",
    }
    assert read_body(b"application/json", b'{"chat_id": 7}') == {"chat_id": 7}
    assert read_body(b"multipart/form-data; boundary=x", multipart) == {"chat_id": "7", "text": "a\r\nb"}


def test_stub_gives_entities_as_telegram_does():
    """Offsets and lengths count UTF-16 units of the text without its tags."""
    assert parse("<b>🙂 a</b> &lt; <i>c</i>") == (
        "🙂 a < c",
        [{"type": "bold", "offset": 0, "length": 4}, {"type": "italic", "offset": 7, "length": 1}],
    )
