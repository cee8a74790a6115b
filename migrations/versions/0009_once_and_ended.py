"""equal submissions are found by their key, ended sessions by their mark"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room: what was submitted before has no key, and sessions without a mark have to be begun anew."""
    op.create_table(
        "ended_session",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("ended_at", types.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_ended_session")),
    )
    op.create_index(op.f("ix_ended_session_ended_at"), "ended_session", ["ended_at"])
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("once", sa.String(length=64), nullable=True))
        table.create_unique_constraint("uq_submission_once", ["by_id", "once"])


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("submission") as table:
        table.drop_constraint("uq_submission_once", type_="unique")
        table.drop_column("once")
    op.drop_table("ended_session")
