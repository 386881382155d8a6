"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_chat_id", "outbox", ["chat_id"], unique=False)
    op.create_index("ix_outbox_lane_not_before", "outbox", ["lane", "not_before", "id"], unique=False)

    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language_code", sa.Text(), nullable=True),
        sa.Column("minute_of_day", sa.Integer(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("weekdays", sa.Integer(), server_default="127", nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_push_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_push_date", sa.Date(), nullable=True),
        sa.Column("category_ids", sa.Text(), nullable=True),
        sa.Column("expecting", sa.Text(), nullable=True),
        sa.Column("active_answer_id", sa.BigInteger(), nullable=True),
        sa.Column("search_words", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index("ix_people_next_push_at", "people", ["next_push_at"], unique=False)

    op.create_table(
        "updates",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_updates")),
    )
    op.create_index("ix_updates_received_at", "updates", ["received_at"], unique=False)

    op.create_table(
        "answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("asking", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("editing", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_parts", sa.Text(), server_default="", nullable=False),
        sa.Column("situation", sa.Text(), server_default="", nullable=False),
        sa.Column("task", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_answers_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint(
            "person_id", "question_id", "attempt", name=op.f("uq_answers_person_id_question_id_attempt")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_deleted_at", "answers", ["deleted_at"], unique=False)
    op.create_index(
        "ix_answers_person_submitted", "answers", ["person_id", "submitted_at", "id"], unique=False
    )

    op.create_table(
        "askings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("push_date", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_askings_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_askings")),
        sa.UniqueConstraint("person_id", "push_date", name=op.f("uq_askings_person_id_push_date")),
    )
    op.create_index("ix_askings_person", "askings", ["person_id", "question_id"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_reminders_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("person_id", "question_id", name=op.f("uq_reminders_person_id_question_id")),
    )
    op.create_index("ix_reminders_due_at", "reminders", ["due_at"], unique=False)

    op.create_table(
        "segments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("joint", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_segments_answer_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_segments_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
    )
    op.create_index("ix_segments_answer", "segments", ["answer_id"], unique=False)
    op.create_index("ix_segments_person_message", "segments", ["person_id", "message_id"], unique=False)
    _create_search()


def downgrade() -> None:
    _drop_search()
    op.drop_index("ix_segments_person_message")
    op.drop_index("ix_segments_answer")

    op.drop_table("segments")
    op.drop_index("ix_reminders_due_at")

    op.drop_table("reminders")
    op.drop_index("ix_askings_person")

    op.drop_table("askings")
    op.drop_index("ix_answers_person_submitted")
    op.drop_index("ix_answers_deleted_at")

    op.drop_table("answers")
    op.drop_index("ix_updates_received_at")

    op.drop_table("updates")
    op.drop_index("ix_people_next_push_at")

    op.drop_table("people")
    op.drop_index("ix_outbox_lane_not_before")
    op.drop_index("ix_outbox_chat_id")

    op.drop_table("outbox")


# Full-text search over submitted answers. The owner is a token of the index, so that a search walks one person's
# answers and not everybody's.
_NEW = (
    "INSERT INTO answers_words (rowid, owner, words) SELECT new.id, 'p' || new.person_id, new.prompt || ' ' ||"
    " new.situation || ' ' || new.task || ' ' || new.action || ' ' || new.result WHERE new.submitted_at IS NOT NULL;"
)
_OLD = (
    "INSERT INTO answers_words (answers_words, rowid, owner, words) SELECT 'delete', old.id, 'p' || old.person_id,"
    " old.prompt || ' ' || old.situation || ' ' || old.task || ' ' || old.action || ' ' || old.result"
    " WHERE old.submitted_at IS NOT NULL;"
)
_SQLITE_UP = (
    "CREATE VIEW answers_searchable AS SELECT id, 'p' || person_id AS owner,"
    " prompt || ' ' || situation || ' ' || task || ' ' || action || ' ' || result AS words FROM answers",
    "CREATE VIRTUAL TABLE answers_words USING fts5(owner, words, content='answers_searchable',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    f"CREATE TRIGGER answers_words_insert AFTER INSERT ON answers BEGIN {_NEW} END",
    "CREATE TRIGGER answers_words_update AFTER UPDATE OF submitted_at, situation, task, action, result ON answers"
    f" BEGIN {_OLD} {_NEW} END",
    f"CREATE TRIGGER answers_words_delete AFTER DELETE ON answers BEGIN {_OLD} END",
)
_POSTGRES_UP = (
    "ALTER TABLE answers ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple',"
    " prompt || ' ' || situation || ' ' || task || ' ' || action || ' ' || result)) STORED",
    "CREATE INDEX ix_answers_words ON answers USING gin (words) WHERE submitted_at IS NOT NULL",
)


def _create_search() -> None:
    statements = _SQLITE_UP if op.get_bind().dialect.name == "sqlite" else _POSTGRES_UP
    for statement in statements:
        op.execute(statement)


def _drop_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("insert", "update", "delete"):
            op.execute(f"DROP TRIGGER answers_words_{name}")
        op.execute("DROP TABLE answers_words")
        op.execute("DROP VIEW answers_searchable")
    else:
        op.execute("DROP INDEX ix_answers_words")
        op.execute("ALTER TABLE answers DROP COLUMN words")
