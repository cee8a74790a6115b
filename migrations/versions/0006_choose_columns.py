"""choose columns"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the columns that somebody chose for the list of tasks."""
    op.add_column("user", sa.Column("inbox_columns", types.JsonText(), nullable=True))


def downgrade() -> None:
    """Take the room away."""
    op.drop_column("user", "inbox_columns")
