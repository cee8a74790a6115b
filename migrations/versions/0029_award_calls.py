"""award calls

Associations and branches come to the office too, and calls say what may be applied for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KNOWN = "kind IN ('enterprise','institution','association','agency','branch','foreign','individual')"
KNOWN_BEFORE = "kind IN ('enterprise','institution','agency','foreign','individual')"


def upgrade() -> None:
    """Make room."""
    with op.batch_alter_table("organization") as table:
        table.drop_constraint(op.f("ck_organization_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_organization_kind_known"), KNOWN)
    op.create_table(
        "award_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("awards", types.JsonText(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("budget", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("committed", sa.Numeric(precision=14, scale=2), server_default="0", nullable=False),
        sa.Column("paid", sa.Numeric(precision=14, scale=2), server_default="0", nullable=False),
        sa.Column("experts", sa.Boolean(), nullable=False),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (number IS NOT NULL)", name=op.f("ck_award_call_published_has_a_number")
        ),
        sa.CheckConstraint(
            "committed >= 0 AND committed <= budget", name=op.f("ck_award_call_committed_within_budget")
        ),
        sa.CheckConstraint("mode IN ('application','direct')", name=op.f("ck_award_call_mode_known")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_award_call_days_in_order")),
        sa.CheckConstraint("paid >= 0 AND paid <= committed", name=op.f("ck_award_call_paid_within_committed")),
        sa.CheckConstraint("state IN ('draft','published','discarded')", name=op.f("ck_award_call_state_known")),
        sa.CheckConstraint(
            "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id",
            name=op.f("ck_award_call_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR decided_at IS NOT NULL", name=op.f("ck_award_call_published_at_a_time")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_award_call_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_award_call_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_call")),
        sa.UniqueConstraint("number", name=op.f("uq_award_call_number")),
    )
    op.create_index("ix_award_call_window", "award_call", ["state", "opens_on", "closes_on"])


def downgrade() -> None:
    """Take it away, with every call."""
    op.drop_table("award_call")
    op.execute("UPDATE organization SET kind = 'institution' WHERE kind = 'association'")
    op.execute("UPDATE organization SET kind = 'enterprise' WHERE kind = 'branch'")
    with op.batch_alter_table("organization") as table:
        table.drop_constraint(op.f("ck_organization_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_organization_kind_known"), KNOWN_BEFORE)
