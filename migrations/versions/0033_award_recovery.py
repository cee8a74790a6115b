"""award recovery

Money that was paid can be taken back, whoever got it wrongly may not apply for years, and what it has done is evaluated.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "applicant_bar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "ground IN ('false_filing','dishonesty','misuse','mistake')", name=op.f("ck_applicant_bar_ground_known")
        ),
        sa.CheckConstraint("last > first", name=op.f("ck_applicant_bar_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_applicant_bar_case_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_applicant_bar_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_bar")),
    )
    op.create_index("ix_applicant_bar_case_id", "applicant_bar", ["case_id"], unique=False)
    op.create_index("ix_applicant_bar_organization_id", "applicant_bar", ["organization_id"], unique=False)

    op.create_table(
        "award_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("effect IN ('good','partly','poor')", name=op.f("ck_award_evaluation_effect_known")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_award_evaluation_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_evaluation_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_evaluation")),
    )
    op.create_index("ix_award_evaluation_case_id", "award_evaluation", ["case_id"], unique=False)

    op.create_table(
        "award_recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("repaid", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_award_recovery_decided_at_a_time")
        ),
        sa.CheckConstraint(
            "ground IN ('false_filing','dishonesty','misuse','mistake')", name=op.f("ck_award_recovery_ground_known")
        ),
        sa.CheckConstraint(
            "state IN ('proposed','ordered','repaid','refused')", name=op.f("ck_award_recovery_state_known")
        ),
        sa.CheckConstraint(
            "amount > 0 AND repaid >= 0 AND repaid <= amount", name=op.f("ck_award_recovery_repaid_up_to_the_amount")
        ),
        sa.CheckConstraint(
            "decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name=op.f("ck_award_recovery_four_eyes")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["award_application.case_id"], name=op.f("fk_award_recovery_case_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_award_recovery_decided_by_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_award_recovery_proposed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_recovery")),
    )
    op.create_index("ix_award_recovery_case_id", "award_recovery", ["case_id"], unique=False)
    op.create_index(
        "uq_award_recovery_open",
        "award_recovery",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('proposed','ordered')"),
        sqlite_where=sa.text("state IN ('proposed','ordered')"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("award_recovery")
    op.drop_table("award_evaluation")
    op.drop_table("applicant_bar")
