"""seal periods and services

Which periods and records of service are counted under the seal of their case. None of before is: a period comes under it
with its next change, a record of service, which never changes, stays as it is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("deadline", "service_record")


def upgrade() -> None:
    """Make room for the mark; nothing is counted yet."""
    for name in TABLES:
        op.add_column(name, sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Take the room away; cases of which something was counted do not fit their seal any more."""
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_column("kept")
