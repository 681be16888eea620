"""What Alembic runs to apply the revisions, in the transaction that bot.store.migrate passes on."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
