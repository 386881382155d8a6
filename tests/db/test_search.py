"""Searching one's answers by words, in a history longer than anybody's, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.domain.practice import Step
from bot.domain.terms import CategoryId, PersonId
from db import answers, people
from db.answers import COUNTED
from db.engine import Database, Transaction
from db.search import HITS_MAX, SCANNED
from db.tables import answers as table

NOW = datetime(2030, 1, 7, tzinfo=UTC)
ANNA, BORIS = PersonId(1), PersonId(2)
MANY = SCANNED + 60
OLDEST = 5


@pytest.fixture
def tx(database: Database):
    """Anna has many answers, all with "harbour", the oldest few with "xylophone"; Boris has one with both."""
    with database.transaction() as tx:
        for person in (ANNA, BORIS):
            people.lock_or_add(tx, person, "en", NOW)
        told = [_row(ANNA, n, "harbour xylophone" if n < OLDEST else "harbour") for n in range(MANY)]
        tx.execute(insert(table), [*told, _row(BORIS, MANY, "harbour xylophone accordion")])
        yield tx


def _row(person: PersonId, number: int, words: str) -> dict[str, object]:
    moment = NOW + timedelta(days=number)
    return {
        "person_id": person,
        "question_id": f"q{number}",
        "category_id": "odd" if number % 2 else "even",
        "prompt": "Why?",
        "attempt": 1,
        "step": Step.REVIEW.value,
        "result": f"{words} number{number}",
        "started_at": moment,
        "updated_at": moment,
        "submitted_at": moment,
    }


def _found(tx: Transaction, person: PersonId, words: str, offset: int = 0, category: str | None = None):
    category_id = None if category is None else CategoryId(category)
    return answers.page(tx, person, limit=6, offset=offset, category_id=category_id, words=words)


def test_a_word_in_everything_finds_the_newest(tx: Transaction) -> None:
    """The newest come first, and it is said that there are more."""
    found = _found(tx, ANNA, "harbour")
    assert [answer.question_id for answer in found.answers] == [f"q{MANY - n}" for n in range(1, 7)]
    assert (found.total, found.has_more) == (HITS_MAX, True)
    last = _found(tx, ANNA, "harbour", offset=HITS_MAX - 4)
    assert len(last.answers) == 4


def test_a_history_too_long_to_count_goes_on_to_its_end(tx: Transaction) -> None:
    """The total is no promise then, but there is always an older page until the last."""
    many = range(MANY + 1, MANY + COUNTED + 40)
    tx.execute(insert(table), [_row(BORIS, number, "pier") for number in many])
    assert answers.page(tx, BORIS, limit=60, offset=0).has_more
    seen, offset, total = [], 0, 1
    while offset < total:
        page = answers.page(tx, BORIS, limit=60, offset=offset)
        seen += [answer.question_id for answer in page.answers]
        offset, total = offset + 60, page.total
    assert seen == [f"q{number}" for number in reversed(range(MANY, many.stop))]
    assert not page.has_more


def test_a_rare_word_is_found_however_old(tx: Transaction) -> None:
    """Also behind all that is read through first."""
    found = _found(tx, ANNA, "xylophone harbour")
    assert [answer.question_id for answer in found.answers] == [f"q{n}" for n in reversed(range(OLDEST))]
    assert (found.total, found.has_more) == (OLDEST, False)


def test_the_beginning_of_a_word_is_enough(tx: Transaction) -> None:
    """As typed on a phone, with any case."""
    assert _found(tx, ANNA, "XYLO").total == OLDEST
    assert _found(tx, ANNA, "ylophone").total == 0


def test_only_ones_own_are_found(tx: Transaction) -> None:
    """What somebody else wrote is found neither by their words nor by what marks them as theirs."""
    assert _found(tx, ANNA, "accordion").total == 0
    assert _found(tx, BORIS, "accordion").total == 1
    assert _found(tx, ANNA, "#2").total == _found(tx, ANNA, "2").total == 0
    assert _found(tx, ANNA, "p1").total == _found(tx, ANNA, "p2").total == 0


def test_a_category_narrows_it(tx: Transaction) -> None:
    """Words and category together."""
    assert {answer.category_id for answer in _found(tx, ANNA, "xylophone", category="odd").answers} == {"odd"}
    assert _found(tx, ANNA, "xylophone", category="odd").total == 2


def test_deleted_answers_and_drafts_are_not_found(tx: Transaction) -> None:
    """Nor those taken back meanwhile; they are found again once they are brought back."""
    newest = _found(tx, BORIS, "accordion").answers[0]
    answers.set_deleted(tx, newest.id, NOW)
    assert _found(tx, BORIS, "accordion").total == 0
    answers.set_deleted(tx, newest.id, None)
    assert _found(tx, BORIS, "accordion").total == 1


def test_a_changed_text_is_found_by_its_new_words(tx: Transaction) -> None:
    """The index follows an edit."""
    newest = _found(tx, BORIS, "accordion").answers[0]
    answers.save_texts(tx, newest.id, {**newest.texts, list(newest.texts)[3]: "a bassoon"}, NOW)
    assert _found(tx, BORIS, "bassoon").total == 1
    assert _found(tx, BORIS, "accordion").total == 0
