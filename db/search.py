"""Full-text search over submitted answers, on either database. What an answer is, is `db.answers`' to say."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, cast, column, func, literal_column, select, table, text
from sqlalchemy.types import UserDefinedType

from bot.domain.terms import PersonId
from db.engine import Transaction, empty_log_after
from db.tables import answers

WORDS_MAX = 8

HITS_MAX = 100
"""The newest so many answers that hold the words are found; more words find the older ones."""

SCANNED = 300
"""On PostgreSQL so many of a person's newest answers are read through before the index over everybody's is asked:
it finds common words sooner, and for most people there are no others."""

_WORD = re.compile(r"[\w\u0300-\u036f]+")  # with the accents that some keyboards put behind their letter

_WORDS = table("answers_words", column("rowid"))


def newest(
    tx: Transaction, person_id: PersonId, words: str, among: Sequence[ColumnElement[bool]]
) -> list[int]:
    """Ids of the newest answers that hold all the words, each perhaps only the beginning of one; one more than
    `HITS_MAX` if there are more. ``among`` says which are the person's, beginning with whose."""
    tokens = _WORD.findall(words)[:WORDS_MAX]
    if not tokens:
        return []
    if tx.dialect.name == "postgresql":
        return _newest_on_postgres(tx, person_id, tokens, among)
    # FTS5 reads operators outside quotes; the owner is a token too, so that others' answers are never walked.
    query = " AND ".join([f'owner:"p{person_id}"', *(f'words:"{token}" *' for token in tokens)])
    statement = (
        select(answers.c.id)
        .select_from(_WORDS.join(answers, answers.c.id == _WORDS.c.rowid))
        .where(text("answers_words MATCH :query"), *among)
        .order_by(_WORDS.c.rowid.desc())
        .limit(HITS_MAX + 1)
    )
    return list(tx.execute(statement, {"query": query}).scalars())


def _newest_on_postgres(
    tx: Transaction, person_id: PersonId, tokens: Sequence[str], among: Sequence[ColumnElement[bool]]
) -> list[int]:
    # \w+ tokens hold no operator of a tsquery; the quotes keep it so.
    query = func.to_tsquery("simple", " & ".join(f"'{token}':*" for token in tokens))
    words: ColumnElement[Any] = literal_column("answers.words")
    newest_first = (answers.c.submitted_at.desc(), answers.c.id.desc())
    scanned = (
        select(answers.c.id, words.label("words"))
        .where(*among)
        .order_by(*newest_first)
        .limit(SCANNED)
        .subquery()
    )
    read = tx.execute(select(scanned.c.id, scanned.c.words.op("@@")(query))).all()
    hits = [row[0] for row in read if row[1]]
    if len(read) < SCANNED or len(hits) > HITS_MAX:
        return hits[: HITS_MAX + 1]
    owned = cast(f"'#{person_id}'", _TsQuery()).op("&&")(query)
    # The owner's token says whose they are; the person's own index beside it would be read from end to end.
    rest = [condition for condition in among if condition is not among[0]]
    statement = select(answers.c.id).where(words.op("@@", is_comparison=True)(owned), *rest)
    found = tx.execute(statement.order_by(*newest_first).limit(HITS_MAX + 1))
    return list(found.scalars())


class _TsQuery(UserDefinedType[str]):
    """PostgreSQL's type; SQLAlchemy's own would load the whole dialect where SQLite is used."""

    cache_ok = True

    def get_col_spec(self, **_kw: Any) -> str:
        """The name in SQL."""
        return "TSQUERY"


def erase_traces(tx: Transaction) -> None:
    """Erase what SQLite keeps of deleted words beside the tables; to be called after rows are gone for good.

    Its search index only marks words as deleted and keeps them in its pages until it is rewritten as a whole, which
    took half a second for 20,000 answers; its log is emptied after the commit. PostgreSQL has neither: its vacuum
    frees the rows, and its log is the backup's business.
    """
    if tx.dialect.name == "sqlite":
        tx.execute(text("INSERT INTO answers_words (answers_words) VALUES ('optimize')"))
        empty_log_after(tx)
