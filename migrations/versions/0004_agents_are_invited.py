"""an invitation may be for an agent of a party"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room: an invitation without an agent is for the party itself, as before."""
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("agent_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_invitation_agent_id"), "agent", ["agent_id"], ["id"])
        table.create_index(op.f("ix_invitation_agent_id"), ["agent_id"])


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("invitation") as table:
        table.drop_index(op.f("ix_invitation_agent_id"))
        table.drop_constraint(op.f("fk_invitation_agent_id"), type_="foreignkey")
        table.drop_column("agent_id")
