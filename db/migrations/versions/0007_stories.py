"""Answers kept as stories.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("people", sa.Column("story_count", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "stories",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("person_id", sa.BigInteger, _owned_by("people"), nullable=False),
        sa.Column("answer_id", _ROW_ID, _owned_by("answers"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("touched_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("answer_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stories_person", "stories", ["person_id"])
    op.create_table(
        "story_uses",
        sa.Column("answer_id", _ROW_ID, _owned_by("answers"), primary_key=True, autoincrement=False),
        sa.Column("story_id", _ROW_ID, _owned_by("stories"), nullable=False),
    )
    op.create_index("ix_story_uses_story", "story_uses", ["story_id"])


def downgrade() -> None:
    op.drop_table("story_uses")
    op.drop_table("stories")
    op.drop_column("people", "story_count")


def _owned_by(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
