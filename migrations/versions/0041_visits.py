"""visits

Each member of the roster is visited once a year: the plan, the visit beside its case, its answers, what was found.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "visit_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.Column("drawn_up_by_id", sa.Integer(), nullable=False),
        sa.Column("drawn_up_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_visit_plan_member_id")),
        sa.ForeignKeyConstraint(["visitor_id"], ["user.id"], name=op.f("fk_visit_plan_visitor_id")),
        sa.ForeignKeyConstraint(["drawn_up_by_id"], ["user.id"], name=op.f("fk_visit_plan_drawn_up_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
        sa.UniqueConstraint("year", "member_id", name="uq_visit_plan_once"),
    )
    op.create_index("ix_visit_plan_member_id", "visit_plan", ["member_id"], unique=False)
    op.create_table(
        "visit",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned_by_day", sa.Date(), nullable=False),
        sa.Column("questionnaire", sa.Integer(), nullable=False),
        sa.Column("fixed_for", sa.Date(), nullable=True),
        sa.Column("who_comes", sa.Text(), nullable=False),
        sa.Column("subjects", types.JsonText(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=8), nullable=True),
        sa.Column("satisfaction", sa.Numeric(precision=3, scale=2), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("took_part", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("adjusts", sa.Boolean(), nullable=True),
        sa.Column("adjustment", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by IN ('unit','liaison')", name=op.f("ck_visit_answered_by_known")
        ),
        sa.CheckConstraint("(answered_on IS NULL) = (answered_by IS NULL)", name=op.f("ck_visit_answered_by_somebody")),
        sa.CheckConstraint(
            "satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5", name=op.f("ck_visit_satisfaction_in_range")
        ),
        sa.CheckConstraint("held_on IS NULL OR summary <> ''", name=op.f("ck_visit_held_has_a_summary")),
        sa.CheckConstraint(
            "concluded_on IS NULL OR held_on IS NOT NULL", name=op.f("ck_visit_concluded_after_it_was_held")
        ),
        sa.CheckConstraint(
            "(concluded_on IS NULL) = (adjusts IS NULL)", name=op.f("ck_visit_concluded_says_whether_to_adjust")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_visit_case_id")),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_visit_member_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_visit")),
        sa.UniqueConstraint("member_id", "year", name="uq_visit_once_a_year"),
    )
    op.create_table(
        "visit_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=24), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("points IS NULL OR points BETWEEN 1 AND 5", name=op.f("ck_visit_answer_points_in_range")),
        sa.CheckConstraint("(points IS NULL) = (words <> '')", name=op.f("ck_visit_answer_points_or_words")),
        sa.ForeignKeyConstraint(["case_id"], ["visit.case_id"], name=op.f("fk_visit_answer_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_answer")),
        sa.UniqueConstraint("case_id", "question", name="uq_visit_answer_once"),
    )
    op.create_table(
        "visit_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("owner IN ('liaison','keeper','district')", name=op.f("ck_visit_problem_owner_known")),
        sa.CheckConstraint("state IN ('open','closed','carried')", name=op.f("ck_visit_problem_state_known")),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_visit_problem_closed_on_a_day")
        ),
        sa.CheckConstraint("state = 'open' OR answer <> ''", name=op.f("ck_visit_problem_closed_with_an_answer")),
        sa.ForeignKeyConstraint(["case_id"], ["visit.case_id"], name=op.f("fk_visit_problem_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_problem")),
        sa.UniqueConstraint("case_id", "place", name="uq_visit_problem_place"),
    )
    op.create_index("ix_visit_problem_state", "visit_problem", ["state", "due_on"], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_table("visit_problem")
    op.drop_table("visit_answer")
    op.drop_table("visit")
    op.drop_table("visit_plan")
