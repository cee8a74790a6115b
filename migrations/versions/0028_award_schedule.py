"""award schedule

What the programme gives is a decision table with versions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "award_schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("dmn", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('draft','published','discarded')", name=op.f("ck_award_schedule_state_known")),
        sa.CheckConstraint(
            "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id",
            name=op.f("ck_award_schedule_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR decided_at IS NOT NULL", name=op.f("ck_award_schedule_published_at_a_time")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_award_schedule_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_award_schedule_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_schedule")),
        sa.UniqueConstraint("number", name=op.f("uq_award_schedule_number")),
    )
    for name, column, state in (
        ("uq_award_schedule_draft", "state", "draft"),
        ("uq_award_schedule_effective_from", "effective_from", "published"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, "award_schedule", [column], unique=True, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Take it away, with every version."""
    op.drop_table("award_schedule")
