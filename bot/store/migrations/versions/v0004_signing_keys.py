"""The keys that buttons are signed with."""

from alembic import op
from sqlalchemy import Column, Double, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.create_table("signing_keys", Column("key", Text, primary_key=True), Column("at", Double, nullable=False))
