"""Indexes for a history of any length; on PostgreSQL, words that know whose they are.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from db.migrations import only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SUBMITTED = sa.text("submitted_at IS NOT NULL AND deleted_at IS NULL")
_DRAFTS = sa.text("submitted_at IS NULL AND deleted_at IS NULL")

_TEXT = "to_tsvector('simple', prompt || ' ' || situation || ' ' || task || ' ' || action || ' ' || result)"
_OWNED = f"{_TEXT} || array_to_tsvector(ARRAY['#' || person_id::text])"


def upgrade() -> None:
    op.drop_index("ix_answers_person_submitted", table_name="answers")
    op.create_index(
        "ix_answers_submitted",
        "answers",
        ["person_id", "submitted_at", "id"],
        **only(_SUBMITTED),
    )
    op.create_index(
        "ix_answers_drafts",
        "answers",
        ["person_id", "updated_at"],
        **only(_DRAFTS),
    )
    op.create_index("ix_askings_person_asked", "askings", ["person_id", "asked_at", "id"])
    _remake_words(_OWNED)


def downgrade() -> None:
    _remake_words(_TEXT)
    op.drop_index("ix_askings_person_asked", table_name="askings")
    op.drop_index("ix_answers_drafts", table_name="answers")
    op.drop_index("ix_answers_submitted", table_name="answers")
    op.create_index("ix_answers_person_submitted", "answers", ["person_id", "submitted_at", "id"])


def _remake_words(expression: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("DROP INDEX ix_answers_words")
    op.execute("ALTER TABLE answers DROP COLUMN words")
    op.execute(f"ALTER TABLE answers ADD COLUMN words tsvector GENERATED ALWAYS AS ({expression}) STORED")
    op.execute("CREATE INDEX ix_answers_words ON answers USING gin (words) WHERE submitted_at IS NOT NULL")
