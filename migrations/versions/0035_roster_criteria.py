"""roster criteria

By what nominated units are judged is a decision table with versions.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "roster_criteria",
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
        sa.CheckConstraint("state IN ('draft','published','discarded')", name=op.f("ck_roster_criteria_state_known")),
        sa.CheckConstraint(
            "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id",
            name=op.f("ck_roster_criteria_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR decided_at IS NOT NULL", name=op.f("ck_roster_criteria_published_at_a_time")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_roster_criteria_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_roster_criteria_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_criteria")),
        sa.UniqueConstraint("number", name=op.f("uq_roster_criteria_number")),
    )
    for name, column, state in (
        ("uq_roster_criteria_draft", "state", "draft"),
        ("uq_roster_criteria_effective_from", "effective_from", "published"),
    ):
        where = sa.text(f"state = '{state}'")
        op.create_index(name, "roster_criteria", [column], unique=True, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Take it away, with every version."""
    op.drop_table("roster_criteria")
