"""What the message in the maintainers' channel shows of a question."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; messages of decided questions are taken to show that."""
    op.add_column("inbox", Column("shown", Text, nullable=False, server_default="open"))
    op.execute("UPDATE inbox SET shown = status")
