"""seal what a case keeps

The count of a case's answers and files is empty for the cases of before: their seal is as it was until something comes
in, which counts all that is there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the count."""
    op.add_column("case", sa.Column("kept", sa.String(64), nullable=True))


def downgrade() -> None:
    """Take the room away; cases that were counted do not fit their seal any more."""
    with op.batch_alter_table("case") as table:
        table.drop_column("kept")
