"""find recusals by person"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Whether somebody was taken off a case is asked with everybody who signs in."""
    op.create_index("ix_recusal_user_id", "recusal", ["user_id"])


def downgrade() -> None:
    """Take the index away."""
    op.drop_index("ix_recusal_user_id", table_name="recusal")
