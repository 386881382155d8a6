"""Texts that may be for either of two answers wait as they came; what one has deleted is found by an index.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from db.migrations import only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DELETED = sa.text("deleted_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "undecided",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("draft_id", sa.BigInteger(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_undecided_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "message_id", name=op.f("pk_undecided")),
    )
    op.create_index(
        "ix_answers_deleted",
        "answers",
        ["person_id", "deleted_at"],
        **only(_DELETED),
    )


def downgrade() -> None:
    op.drop_index("ix_answers_deleted", table_name="answers")
    op.drop_table("undecided")
