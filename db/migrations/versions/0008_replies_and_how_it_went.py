"""Replies of a mock interview by the messages that brought them; how interviews went.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mock_replies",
        sa.Column("id", _ROW_ID, primary_key=True),
        sa.Column("mock_id", _ROW_ID, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["mock_id", "place"], ["mock_questions.mock_id", "mock_questions.place"], ondelete="CASCADE"
        ),
    )
    op.create_index("ix_mock_replies_mock", "mock_replies", ["mock_id", "place"])
    # Which message brought a reply was not stored; 0 is no message's number.
    op.execute(
        "INSERT INTO mock_replies (mock_id, place, message_id, text)"
        " SELECT mock_id, place, 0, reply FROM mock_questions WHERE reply <> ''"
    )
    op.drop_column("mock_questions", "reply")
    op.create_table(
        "interviews",
        sa.Column(
            "person_id", sa.BigInteger, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("outcome", sa.Text),
        sa.Column("told_at", _MOMENT),
    )


def downgrade() -> None:
    op.drop_table("interviews")
    op.add_column("mock_questions", sa.Column("reply", sa.Text, nullable=False, server_default=""))
    replies: dict[tuple[int, int], str] = {}
    connection = op.get_bind()
    told = sa.text("SELECT mock_id, place, text FROM mock_replies ORDER BY mock_id, place, id")
    for mock_id, place, text in connection.execute(told):
        before = replies.get((mock_id, place))
        replies[mock_id, place] = text if before is None else f"{before}\n{text}"
    for (mock_id, place), reply in replies.items():
        connection.execute(
            sa.text("UPDATE mock_questions SET reply = :reply WHERE mock_id = :mock_id AND place = :place"),
            {"reply": reply, "mock_id": mock_id, "place": place},
        )
    op.drop_table("mock_replies")
