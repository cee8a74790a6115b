"""project matching

The calls of upper authorities for projects, and what units file for each of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "project_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("industries", types.JsonText(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("proposed_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (number IS NOT NULL)", name=op.f("ck_project_call_published_has_a_number")
        ),
        sa.CheckConstraint(
            "kind IN ('strategy','navigation','industry_navigation','high_value','quality','standard','model','other')",
            name=op.f("ck_project_call_kind_known"),
        ),
        sa.CheckConstraint("level IN ('national','provincial','city')", name=op.f("ck_project_call_level_known")),
        sa.CheckConstraint(
            "state <> 'published' OR decided_at IS NOT NULL", name=op.f("ck_project_call_published_at_a_time")
        ),
        sa.CheckConstraint(
            "state <> 'published' OR kind <> 'navigation' OR members_only",
            name=op.f("ck_project_call_navigation_for_members"),
        ),
        sa.CheckConstraint(
            "state <> 'published' OR made_by_id IS NULL OR made_by_id <> decided_by_id",
            name=op.f("ck_project_call_four_eyes"),
        ),
        sa.CheckConstraint("state IN ('draft','published','discarded')", name=op.f("ck_project_call_state_known")),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_project_call_days_in_order")),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_project_call_places_above_nothing")),
        sa.CheckConstraint(
            "taken >= 0 AND (places IS NULL OR taken <= places)", name=op.f("ck_project_call_taken_within_places")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_project_call_decided_by_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_project_call_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_call")),
        sa.UniqueConstraint("number", name=op.f("uq_project_call_number")),
    )
    op.create_index("ix_project_call_window", "project_call", ["state", "opens_on", "closes_on"])

    op.create_table(
        "project",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("district_id", sa.Integer(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("asked", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("recommended_on", sa.Date(), nullable=True),
        sa.Column("holds_place", sa.Boolean(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("report_number", sa.String(length=80), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.Column("result_number", sa.String(length=80), nullable=False),
        sa.Column("granted", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.CheckConstraint(
            "granted IS NULL OR (granted >= 0 AND result IS NOT NULL AND result = 'funded')",
            name=op.f("ck_project_granted_with_a_result"),
        ),
        sa.CheckConstraint("result IS NULL OR result IN ('funded','unfunded')", name=op.f("ck_project_result_known")),
        sa.CheckConstraint(
            "(result IS NULL) = (result_on IS NULL) AND (result IS NULL OR reported_on IS NOT NULL)",
            name=op.f("ck_project_result_once_reported"),
        ),
        sa.CheckConstraint(
            "NOT holds_place OR recommended_on IS NOT NULL", name=op.f("ck_project_place_once_recommended")
        ),
        sa.CheckConstraint("asked >= 0", name=op.f("ck_project_asked_not_negative")),
        sa.CheckConstraint(
            "reported_on IS NULL OR recommended_on IS NOT NULL", name=op.f("ck_project_reported_once_recommended")
        ),
        sa.CheckConstraint("returns BETWEEN 0 AND 2", name=op.f("ck_project_returns_bounded")),
        sa.CheckConstraint("revisions BETWEEN 0 AND 2", name=op.f("ck_project_revisions_bounded")),
        sa.ForeignKeyConstraint(["call_id"], ["project_call.id"], name=op.f("fk_project_call_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_project_case_id")),
        sa.ForeignKeyConstraint(["district_id"], ["org_unit.id"], name=op.f("fk_project_district_id")),
        sa.ForeignKeyConstraint(["member_id"], ["roster_member.id"], name=op.f("fk_project_member_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_project_organization_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_project")),
    )
    for column in ("call_id", "district_id", "filed_on", "member_id", "organization_id"):
        op.create_index(op.f(f"ix_project_{column}"), "project", [column])


def downgrade() -> None:
    """Take it away, with every project."""
    op.drop_table("project")
    op.drop_table("project_call")
