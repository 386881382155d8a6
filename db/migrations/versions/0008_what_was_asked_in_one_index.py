"""What was asked of a person is read from one index, without the rows.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_askings_person", table_name="askings")
    op.create_index(
        "ix_askings_person", "askings", ["person_id", "question_id", "local_date", "asked_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_askings_person", table_name="askings")
    op.create_index("ix_askings_person", "askings", ["person_id", "question_id"], unique=False)
