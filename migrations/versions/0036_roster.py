"""roster

Who is on the roster of nurtured units from which day to which, by which version of it, and who looks after each.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

INDUSTRIES = "'equipment','robots','appliances','furnishing','materials','energy','hydrogen','electronics','services','research','other'"
EXITS = "'review','uncorrected','dishonest','abnormal','gone','its_own_wish'"


def upgrade() -> None:
    """Make room."""
    op.create_table(
        "roster_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_roster_version_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_version")),
        sa.UniqueConstraint("number", name=op.f("uq_roster_version_number")),
    )
    op.create_index(op.f("ix_roster_version_effective_on"), "roster_version", ["effective_on"])
    op.create_table(
        "roster_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("district_id", sa.Integer(), nullable=False),
        sa.Column("industry", sa.String(length=16), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_with_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("entry_note", sa.Text(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_with_id", sa.Integer(), nullable=True),
        sa.Column("exit", sa.String(length=16), nullable=True),
        sa.Column("exit_note", sa.Text(), nullable=False),
        sa.Column("liaison_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"industry IN ({INDUSTRIES})", name=op.f("ck_roster_member_industry_known")),
        sa.CheckConstraint("entry IN ('nominated','readmitted')", name=op.f("ck_roster_member_entry_known")),
        sa.CheckConstraint(f"exit IS NULL OR exit IN ({EXITS})", name=op.f("ck_roster_member_exit_known")),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= entered_on", name=op.f("ck_roster_member_left_after_it_entered")
        ),
        sa.CheckConstraint(
            "(left_on IS NULL) = (exit IS NULL) AND (left_on IS NULL) = (left_with_id IS NULL)",
            name=op.f("ck_roster_member_left_for_a_reason"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_roster_member_{column}"))
            for column, table in (
                ("organization_id", "organization"),
                ("district_id", "org_unit"),
                ("entered_with_id", "roster_version"),
                ("left_with_id", "roster_version"),
                ("liaison_id", "user"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_member")),
    )
    for column in ("organization_id", "district_id", "entered_on", "left_on", "liaison_id"):
        op.create_index(op.f(f"ix_roster_member_{column}"), "roster_member", [column])
    where = sa.text("left_on IS NULL")
    op.create_index(
        "uq_roster_member_on_it",
        "roster_member",
        ["organization_id"],
        unique=True,
        postgresql_where=where,
        sqlite_where=where,
    )


def downgrade() -> None:
    """Take it away, with everybody on it."""
    op.drop_table("roster_member")
    op.drop_table("roster_version")
