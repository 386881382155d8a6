"""Everything kept: tables, migrations and, one module per table, the queries. SQLAlchemy stays in here."""
