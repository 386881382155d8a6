"""The day of an interview.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from db.migrations import only

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TARGETED = sa.text("target_next_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("people", sa.Column("target_date", sa.Date))
    op.add_column("people", sa.Column("target_name", sa.Text))
    op.add_column("people", sa.Column("target_next_at", _MOMENT))
    op.create_index(
        "ix_people_target_next_at",
        "people",
        ["target_next_at"],
        **only(_TARGETED),
    )


def downgrade() -> None:
    op.drop_index("ix_people_target_next_at", table_name="people")
    op.drop_column("people", "target_next_at")
    op.drop_column("people", "target_name")
    op.drop_column("people", "target_date")
