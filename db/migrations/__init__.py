"""Alembic's steps from one shape of the tables to the next; `db.migrate` runs them."""

from typing import Any

from alembic import op
from sqlalchemy import TextClause


def only(rows: TextClause) -> dict[str, Any]:
    """Which rows an index holds, for the database that is there: to name the other would load its dialect, 2 MB."""
    return {f"{op.get_bind().dialect.name}_where": rows}
