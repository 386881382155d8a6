"""When a question comes back, what was heard in each answer, what level a person is at; mock interviews.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("people", sa.Column("level", sa.Text))
    op.add_column("people", sa.Column("weak_category_ids", sa.Text))
    op.create_table(
        "reviews",
        sa.Column("person_id", sa.BigInteger, _person(), primary_key=True),
        sa.Column("question_id", sa.Text, primary_key=True),
        sa.Column("stability", sa.Float, nullable=False),
        sa.Column("difficulty", sa.Float, nullable=False),
        sa.Column("reviewed_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_reviews_person_due", "reviews", ["person_id", "due_at"])
    op.create_table(
        "readings",
        sa.Column("answer_id", _ROW_ID, _answer(), primary_key=True, autoincrement=False),
        sa.Column("person_id", sa.BigInteger, _person(), nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("unheard", sa.Text, nullable=False),
        sa.Column("judged", sa.Integer, nullable=False),
        sa.Column("read_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_readings_person", "readings", ["person_id"])
    op.create_table(
        "mocks",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("person_id", sa.BigInteger, _person(), nullable=False),
        sa.Column("parked", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mocks_person", "mocks", ["person_id"])
    op.create_table(
        "mock_questions",
        sa.Column(
            "mock_id",
            _ROW_ID,
            sa.ForeignKey("mocks.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("answer_id", _ROW_ID, _answer()),
        sa.Column("follow_up", sa.Text, nullable=False, server_default=""),
        sa.Column("reply", sa.Text, nullable=False, server_default=""),
        sa.Column("done_at", _MOMENT),
    )
    op.create_index("ix_mock_questions_answer", "mock_questions", ["answer_id"])


def downgrade() -> None:
    op.drop_table("mock_questions")
    op.drop_table("mocks")
    op.drop_table("readings")
    op.drop_table("reviews")
    op.drop_column("people", "weak_category_ids")
    op.drop_column("people", "level")


def _person() -> sa.ForeignKey:
    return sa.ForeignKey("people.id", ondelete="CASCADE")


def _answer() -> sa.ForeignKey:
    return sa.ForeignKey("answers.id", ondelete="CASCADE")
