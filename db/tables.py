"""The tables. Shapes only; what is asked of a table stands in the module named after it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC: ``timestamptz`` on PostgreSQL, ISO text in UTC on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment, which would be read as some machine's local time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 - SQLAlchemy's signature
        """Give the moment back in UTC, without the two calls more for each that SQLAlchemy's own way takes."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


# SQLite numbers rows by itself only in a column that is exactly INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


def _of_one_answer() -> Column[int]:
    """The key of a table that has one row at most for an answer, and loses it with the answer."""
    answer = ForeignKey("answers.id", ondelete="CASCADE")
    return Column("answer_id", RowId, answer, primary_key=True, autoincrement=False)


_TARGETED = text("target_next_at IS NOT NULL")

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("language_code", Text),
    Column("minute_of_day", Integer),
    Column("zone", Text),
    Column("weekdays", Integer, nullable=False, server_default="127"),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("paused_until", Date),
    Column("blocked_at", UtcDateTime),
    Column("next_push_at", UtcDateTime),
    Column("last_push_date", Date),
    Column("category_ids", Text),
    Column("expecting", Text),
    Column("active_answer_id", BigInteger),
    Column("search_words", Text),
    # A copy of what `packs` holds, so that a turn of somebody without any asks nothing more.
    Column("has_packs", Boolean, nullable=False, server_default=false()),
    Column("level", Text),
    Column("weak_category_ids", Text),
    Column("target_date", Date),
    Column("target_name", Text),
    Column("target_next_at", UtcDateTime),
    Column("story_count", Integer, nullable=False, server_default="0"),
    Index("ix_people_next_push_at", "next_push_at"),
    Index("ix_people_target_next_at", "target_next_at", sqlite_where=_TARGETED),
)

# Named for SQLite only, though both databases have it: for the other, its dialect would be loaded at every start.
_SUBMITTED = text("submitted_at IS NOT NULL AND deleted_at IS NULL")
_DELETED = text("deleted_at IS NOT NULL")
_DRAFTS = text("submitted_at IS NULL AND deleted_at IS NULL")

answers = Table(
    "answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("category_id", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("attempt", Integer),
    Column("step", Text, nullable=False),
    Column("asking", Boolean, nullable=False, server_default=false()),
    Column("editing", Boolean, nullable=False, server_default=false()),
    Column("asked_parts", Text, nullable=False, server_default=""),
    Column("situation", Text, nullable=False, server_default=""),
    Column("task", Text, nullable=False, server_default=""),
    Column("action", Text, nullable=False, server_default=""),
    Column("result", Text, nullable=False, server_default=""),
    Column("started_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("deleted_at", UtcDateTime),
    Column("rating", Integer),
    Column("rated_at", UtcDateTime),
    UniqueConstraint("person_id", "question_id", "attempt"),
    Index(
        "ix_answers_submitted",
        "person_id",
        "submitted_at",
        "id",
        sqlite_where=_SUBMITTED,
    ),
    Index("ix_answers_drafts", "person_id", "updated_at", sqlite_where=_DRAFTS),
    Index("ix_answers_deleted_at", "deleted_at"),
    Index("ix_answers_deleted", "person_id", "deleted_at", sqlite_where=_DELETED),
    # Row ids stand in buttons of old messages, so a deleted row's id must never be given out again.
    sqlite_autoincrement=True,
)

segments = Table(
    "segments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("answer_id", RowId, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("part", Text, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("joint", Text, nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("replaced", Boolean, nullable=False, server_default=false()),
    Index("ix_segments_answer", "answer_id"),
    Index("ix_segments_person_message", "person_id", "message_id"),
)

undecided = Table(
    "undecided",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", BigInteger, primary_key=True),
    Column("draft_id", BigInteger, nullable=False),
    Column("question_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

askings = Table(
    "askings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("push_date", Date),
    # NULL push_date (asked on demand) is distinct on both databases, so only pushes are held to one a day.
    UniqueConstraint("person_id", "push_date"),
    # All that `askings.of_people` asks for stands in it: a tick reads fifty rows for each person.
    Index("ix_askings_person", "person_id", "question_id", "local_date", "asked_at"),
    Index("ix_askings_person_asked", "person_id", "asked_at", "id"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("question_id", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "question_id"),
    Index("ix_reminders_due_at", "due_at"),
)

packs = Table(
    "packs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("questions", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("kept", Boolean, nullable=False, server_default=false()),
    Column("sent_at", UtcDateTime, nullable=False),
    Index("ix_packs_person", "person_id", "kept", "name", unique=True),
    # Row ids stand in the ids of questions that old answers name, so none may be given out again.
    sqlite_autoincrement=True,
)

notices = Table(
    "notices",
    metadata,
    Column("key", Text, primary_key=True),
    Column("told_at", UtcDateTime, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("stability", Float, nullable=False),
    Column("difficulty", Float, nullable=False),
    Column("reviewed_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Index("ix_reviews_person_due", "person_id", "due_at"),
)

readings = Table(
    "readings",
    metadata,
    _of_one_answer(),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("flags", Text, nullable=False),
    Column("unheard", Text, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Index("ix_readings_person", "person_id"),
)

mocks = Table(
    "mocks",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("parked", Boolean, nullable=False, server_default=false()),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_mocks_person", "person_id"),
    # As with answers: their ids stand in buttons.
    sqlite_autoincrement=True,
)

mock_questions = Table(
    "mock_questions",
    metadata,
    Column(
        "mock_id", RowId, ForeignKey("mocks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("question_id", Text, nullable=False),
    Column("answer_id", RowId, ForeignKey("answers.id", ondelete="CASCADE")),
    Column("follow_up", Text, nullable=False, server_default=""),
    Column("done_at", UtcDateTime),
    Index("ix_mock_questions_answer", "answer_id"),
)

mock_replies = Table(
    "mock_replies",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("mock_id", RowId, nullable=False),
    Column("place", Integer, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_mock_replies_mock", "mock_id", "place"),
    ForeignKeyConstraint(
        ["mock_id", "place"], ["mock_questions.mock_id", "mock_questions.place"], ondelete="CASCADE"
    ),
)

interviews = Table(
    "interviews",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", Text),
    Column("outcome", Text),
    Column("told_at", UtcDateTime),
)

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column("answer_id", RowId, ForeignKey("answers.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("touched_at", UtcDateTime, nullable=False),
    UniqueConstraint("answer_id"),
    Index("ix_stories_person", "person_id"),
    # As with answers: their ids stand in buttons.
    sqlite_autoincrement=True,
)

story_uses = Table(
    "story_uses",
    metadata,
    _of_one_answer(),
    Column("story_id", RowId, ForeignKey("stories.id", ondelete="CASCADE"), nullable=False),
    Index("ix_story_uses_story", "story_id"),
)

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received_at", UtcDateTime, nullable=False),
    Index("ix_updates_received_at", "received_at"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("document", LargeBinary),
    Column("created_at", UtcDateTime, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_outbox_lane_not_before", "lane", "not_before", "id"),
    Index("ix_outbox_chat_id", "chat_id"),
)
