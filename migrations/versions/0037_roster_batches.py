"""roster batches

Batches of the roster, nominations and their scores, yearly reviews, bars; draws by lot are of any case, no longer of awards alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

INDUSTRIES = "'equipment','robots','appliances','furnishing','materials','energy','hydrogen','electronics','services','research','other'"


def upgrade() -> None:
    """Make room, and move the draws."""
    _draws("award_draw", "draw", "case", "id")
    op.create_table(
        "roster_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("quota", types.JsonText(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("criteria_id", sa.Integer(), nullable=True),
        sa.Column("phase", sa.String(length=12), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("announced_by_id", sa.Integer(), nullable=True),
        sa.Column("concluded_by_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('draft','published','discarded')", name=op.f("ck_roster_batch_state_known")),
        sa.CheckConstraint(
            "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id",
            name=op.f("ck_roster_batch_four_eyes"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR decided_at IS NOT NULL", name=op.f("ck_roster_batch_published_at_a_time")
        ),
        sa.CheckConstraint("kind IN ('intake','review')", name=op.f("ck_roster_batch_kind_known")),
        sa.CheckConstraint(
            "phase IN ('collecting','announced','noticed','decided','discarded')",
            name=op.f("ck_roster_batch_phase_known"),
        ),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_roster_batch_days_in_order")),
        sa.CheckConstraint("(kind = 'intake') = (places IS NOT NULL)", name=op.f("ck_roster_batch_intake_has_places")),
        sa.CheckConstraint("places > 0", name=op.f("ck_roster_batch_some_places")),
        sa.CheckConstraint(
            "(state = 'published') = (number IS NOT NULL)", name=op.f("ck_roster_batch_published_has_a_number")
        ),
        sa.CheckConstraint(
            "state <> 'published' OR criteria_id IS NOT NULL", name=op.f("ck_roster_batch_published_has_criteria")
        ),
        sa.CheckConstraint(
            "concluded_by_id IS NULL OR concluded_by_id <> announced_by_id",
            name=op.f("ck_roster_batch_concluded_by_another"),
        ),
        sa.CheckConstraint(
            "(first_day IS NULL) = (last_day IS NULL)", name=op.f("ck_roster_batch_announced_has_both_days")
        ),
        *_keys(
            "roster_batch",
            criteria_id="roster_criteria.id",
            announced_by_id="user.id",
            concluded_by_id="user.id",
            version_id="roster_version.id",
            made_by_id="user.id",
            decided_by_id="user.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_roster_batch_number")),
    )
    op.create_index("ix_roster_batch_window", "roster_batch", ["state", "opens_on", "closes_on"])
    op.create_table(
        "nomination",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("industry", sa.String(length=16), nullable=False),
        sa.Column("inventions", sa.Integer(), nullable=False),
        sa.Column("other_patents", sa.Integer(), nullable=False),
        sa.Column("trademarks", sa.Integer(), nullable=False),
        sa.Column("standards", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("revenue", sa.Numeric(precision=16, scale=2), nullable=False),
        sa.Column("achievements", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("points", types.JsonText(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("standing", sa.String(length=12), nullable=True),
        sa.CheckConstraint(f"industry IN ({INDUSTRIES})", name=op.f("ck_nomination_industry_known")),
        sa.CheckConstraint(
            "standing IS NULL OR standing IN ('chosen','reserved','below','quota','places')",
            name=op.f("ck_nomination_standing_known"),
        ),
        sa.CheckConstraint(
            "inventions >= 0 AND other_patents >= 0 AND trademarks >= 0 AND standards >= 0 AND staff >= 0"
            " AND revenue >= 0",
            name=op.f("ck_nomination_nothing_negative"),
        ),
        sa.CheckConstraint("(total IS NULL) = (passed IS NULL)", name=op.f("ck_nomination_scored_passed_or_not")),
        *_keys(
            "nomination",
            case_id="case.id",
            batch_id="roster_batch.id",
            organization_id="organization.id",
            district_id="org_unit.id",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_batch_id"), "nomination", ["batch_id"])
    stands = sa.text("stands")
    op.create_index(
        "uq_nomination_stands",
        "nomination",
        ["batch_id", "organization_id"],
        unique=True,
        postgresql_where=stands,
        sqlite_where=stands,
    )
    op.create_table(
        "roster_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("points", types.JsonText(), nullable=False),
        sa.Column("total", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("total >= 0 AND total <= 100", name=op.f("ck_roster_score_total_in_range")),
        *_keys("roster_score", case_id="nomination.case_id", user_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_score")),
        sa.UniqueConstraint("case_id", "user_id", name="uq_roster_score_once"),
    )

    op.create_table(
        "roster_bar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", types.UtcDateTime(), nullable=False),
        sa.Column("lifted_for", sa.Text(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("looked_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('dishonest','abnormal','gone')", name=op.f("ck_roster_bar_kind_known")),
        sa.CheckConstraint("last IS NULL OR last >= first", name=op.f("ck_roster_bar_days_in_order")),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifted_for = '')", name=op.f("ck_roster_bar_lifted_for_a_reason")),
        *_keys("roster_bar", organization_id="organization.id", entered_by_id="user.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_bar")),
    )
    op.create_index(op.f("ix_roster_bar_organization_id"), "roster_bar", ["organization_id"])
    op.create_table(
        "roster_review",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("report", types.JsonText(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_reason", sa.Text(), nullable=False),
        sa.Column("items", types.JsonText(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("bar_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("bar_id IS NULL OR cause = 'bar'", name=op.f("ck_roster_review_for_a_bar")),
        sa.CheckConstraint("cause IN ('yearly','bar')", name=op.f("ck_roster_review_cause_known")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('keep','warn','put_right','remove')",
            name=op.f("ck_roster_review_outcome_known"),
        ),
        *_keys(
            "roster_review",
            case_id="case.id",
            member_id="roster_member.id",
            bar_id="roster_bar.id",
            batch_id="roster_batch.id",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_roster_review")),
    )
    op.create_index(op.f("ix_roster_review_member_id"), "roster_review", ["member_id"])
    op.create_index(op.f("ix_roster_review_batch_id"), "roster_review", ["batch_id"])
    yearly = sa.text("cause = 'yearly'")
    op.create_index(
        "uq_roster_review_yearly",
        "roster_review",
        ["member_id", "year"],
        unique=True,
        postgresql_where=yearly,
        sqlite_where=yearly,
    )


def downgrade() -> None:
    """Take it away; the draws go back to the awards."""
    op.drop_table("roster_review")
    op.drop_table("roster_bar")
    op.drop_table("roster_score")
    op.drop_table("nomination")
    op.drop_table("roster_batch")
    _draws("draw", "award_draw", "award_application", "case_id")


def _draws(was: str, name: str, of: str, key: str) -> None:
    """Move the draws from one table to another, whose rows belong to ``of``."""
    table = op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("candidates", types.JsonText(), nullable=False),
        sa.Column("drawn", types.JsonText(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        *_keys(name, case_id=f"{of}.{key}"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    columns = [column.name for column in table.columns if column.name != "id"]
    old = sa.table(was, *(sa.column(one) for one in ("id", *columns)))
    kept = sa.select(*(old.c[one] for one in columns))
    if name == "award_draw":
        awards = sa.table("award_application", sa.column("case_id"))
        kept = kept.where(old.c.case_id.in_(sa.select(awards.c.case_id)))
    op.execute(table.insert().from_select(columns, kept.order_by(old.c.id)))
    op.drop_table(was)
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"])


def _keys(table: str, **targets: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    ]
