"""say of a request whether it is about the amount of damages only

Until now it could be seen from the decision alone that such a request has to bring with it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room, and fill it from the decisions that came with requests."""
    op.add_column("mediation", sa.Column("only_damages", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        sa.text(
            "UPDATE mediation SET only_damages = :yes"
            " WHERE case_id IN (SELECT case_id FROM document WHERE kind = 'infringement_decision')"
        ).bindparams(yes=True)
    )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("mediation") as table:
        table.drop_column("only_damages")
