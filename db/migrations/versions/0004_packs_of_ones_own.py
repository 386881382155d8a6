"""Packs that people sent for themselves, and what the admins were told already.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from db.tables import RowId, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("has_packs", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "packs",
        sa.Column("id", RowId, primary_key=True),
        sa.Column("person_id", sa.BigInteger, sa.ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("questions", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("sent_at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_packs_person", "packs", ["person_id", "kept", "name"], unique=True)
    op.create_table(
        "notices",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("told_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("packs")
    op.drop_column("people", "has_packs")
