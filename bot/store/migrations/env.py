"""What Alembic runs to apply the revisions, in the transaction that bot.store.migrate passes on.

A revision, once released, stays. A release adds one at most, and it only adds: tables, and columns that are nullable or
have a default. So the version before goes on saving beside it: tests/store/test_migrate.py runs its very statements,
which `python -m tests.store.record_statements` writes down before a revision is added.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
