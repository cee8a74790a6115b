"""targets

The programme's targets with their plans and the values that are reported, the tasks of the districts, and the register
of supports without an amount.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room."""
    _targets()
    _values()
    _district_tasks()
    _supports()


def _targets() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.String(length=8), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("unit_en", sa.String(length=40), nullable=False),
        sa.Column("direction", sa.String(length=16), nullable=False),
        sa.Column("counting", sa.String(length=8), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("most", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("base_year", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("note_en", sa.String(length=200), nullable=False),
        sa.CheckConstraint("counting IN ('city','sum','apart','every')", name=op.f("ck_target_counting_known")),
        sa.CheckConstraint(
            "direction IN ('at_least','more_than','at_most','increase_by','rising','in_words')",
            name=op.f("ck_target_direction_known"),
        ),
        sa.CheckConstraint("decimals BETWEEN 0 AND 4", name=op.f("ck_target_decimals_kept")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("place", name=op.f("uq_target_place")),
    )
    op.create_table(
        "target_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", types.UtcDateTime(), nullable=False),
        sa.Column("replaced_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("value >= 0", name=op.f("ck_target_plan_not_negative")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_target_plan_set_by_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_target_plan_target_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_target_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_plan")),
    )
    op.create_index(op.f("ix_target_plan_target_id"), "target_plan", ["target_id"])
    _index_where(
        "uq_target_plan_in_force_of_city",
        "target_plan",
        ["target_id", "year"],
        "replaced_at IS NULL AND unit_id IS NULL",
        unique=True,
    )
    _index_where(
        "uq_target_plan_in_force_of_district",
        "target_plan",
        ["target_id", "year", "unit_id"],
        "replaced_at IS NULL AND unit_id IS NOT NULL",
        unique=True,
    )


def _values() -> None:
    op.create_table(
        "target_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(length=8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.Numeric(precision=18, scale=4), nullable=True),
        sa.Column("stage", sa.String(length=12), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("published", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", types.UtcDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("replaced_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'replaced') = (replaced_at IS NOT NULL)", name=op.f("ck_target_value_replaced_at_a_time")
        ),
        sa.CheckConstraint(
            "(state = 'reported') = (decided_at IS NULL)", name=op.f("ck_target_value_decided_at_a_time")
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (returned_because <> '')", name=op.f("ck_target_value_returned_for_a_reason")
        ),
        sa.CheckConstraint("stage IN ('prepared','under_way','reached')", name=op.f("ck_target_value_stage_known")),
        sa.CheckConstraint(
            "state IN ('reported','confirmed','returned','replaced')", name=op.f("ck_target_value_state_known")
        ),
        sa.CheckConstraint("(value IS NULL) <> (stage IS NULL)", name=op.f("ck_target_value_number_or_stage")),
        sa.CheckConstraint("reported_by_id <> decided_by_id", name=op.f("ck_target_value_four_eyes")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_target_value_not_negative")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_target_value_decided_by_id")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user.id"], name=op.f("fk_target_value_reported_by_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_target_value_target_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_target_value_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_value")),
    )
    op.create_index("ix_target_value_year", "target_value", ["target_id", "year"])
    _index_where(
        "uq_target_value_confirmed_of_city",
        "target_value",
        ["target_id", "year"],
        "state = 'confirmed' AND unit_id IS NULL",
        unique=True,
    )
    _index_where(
        "uq_target_value_confirmed_of_district",
        "target_value",
        ["target_id", "year", "unit_id"],
        "state = 'confirmed' AND unit_id IS NOT NULL",
        unique=True,
    )
    _index_where(
        "uq_target_value_waiting_of_city",
        "target_value",
        ["target_id", "year"],
        "state = 'reported' AND unit_id IS NULL",
        unique=True,
    )
    _index_where(
        "uq_target_value_waiting_of_district",
        "target_value",
        ["target_id", "year", "unit_id"],
        "state = 'reported' AND unit_id IS NOT NULL",
        unique=True,
    )
    op.create_table(
        "target_evidence",
        sa.Column("value_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_target_evidence_file_id")),
        sa.ForeignKeyConstraint(["value_id"], ["target_value.id"], name=op.f("fk_target_evidence_value_id")),
        sa.PrimaryKeyConstraint("value_id", "file_id", name=op.f("pk_target_evidence")),
    )


def _district_tasks() -> None:
    op.create_table(
        "district_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("reminded_at", types.UtcDateTime(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", types.UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("assessed_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'assessed') = (assessed_at IS NOT NULL)", name=op.f("ck_district_task_assessed_at_a_time")
        ),
        sa.CheckConstraint(
            "(state = 'assessed') = (outcome IS NOT NULL)", name=op.f("ck_district_task_assessed_with_an_outcome")
        ),
        sa.CheckConstraint("outcome IN ('passed','partly','failed')", name=op.f("ck_district_task_outcome_known")),
        sa.CheckConstraint(
            "state IN ('set','reported','returned','assessed')", name=op.f("ck_district_task_state_known")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_district_task_score_of_a_hundred")),
        sa.ForeignKeyConstraint(["assessed_by_id"], ["user.id"], name=op.f("fk_district_task_assessed_by_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_district_task_set_by_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_district_task_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district_task")),
        sa.UniqueConstraint("year", "unit_id", "title", name="uq_district_task_title"),
    )
    _index_where("ix_district_task_remind", "district_task", ["remind_on"], "reminded_at IS NULL", unique=False)
    op.create_table(
        "district_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("returned_because", sa.Text(), nullable=False),
        sa.Column("returned_by_id", sa.Integer(), nullable=True),
        sa.Column("returned_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(returned_because <> '') = (returned_at IS NOT NULL)",
            name=op.f("ck_district_report_returned_for_a_reason"),
        ),
        sa.CheckConstraint("by_id <> returned_by_id", name=op.f("ck_district_report_four_eyes")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_district_report_by_id")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["user.id"], name=op.f("fk_district_report_returned_by_id")),
        sa.ForeignKeyConstraint(["task_id"], ["district_task.id"], name=op.f("fk_district_report_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_district_report")),
    )
    op.create_index(op.f("ix_district_report_task_id"), "district_report", ["task_id"])
    op.create_table(
        "district_report_file",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_district_report_file_file_id")),
        sa.ForeignKeyConstraint(["report_id"], ["district_report.id"], name=op.f("fk_district_report_file_report_id")),
        sa.PrimaryKeyConstraint("report_id", "file_id", name=op.f("pk_district_report_file")),
    )


def _supports() -> None:
    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("receiver", sa.String(length=200), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("published", sa.String(length=300), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", types.UtcDateTime(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason = '')", name=op.f("ck_support_corrected_for_a_reason")),
        sa.CheckConstraint(
            "kind IN ('NQ01','NQ02','NQ03','NQ04','NQ05','NQ06','NQ07','NQ08')", name=op.f("ck_support_kind_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_support_amount_positive")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_support_entered_by_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_support_organization_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["support.id"], name=op.f("fk_support_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_support_replaces_id")),
    )
    op.create_index("ix_support_given_on", "support", ["given_on"])
    op.create_index(op.f("ix_support_organization_id"), "support", ["organization_id"])
    op.create_table(
        "support_file",
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_support_file_file_id")),
        sa.ForeignKeyConstraint(["support_id"], ["support.id"], name=op.f("fk_support_file_support_id")),
        sa.PrimaryKeyConstraint("support_id", "file_id", name=op.f("pk_support_file")),
    )


def _index_where(name: str, table: str, columns: list[str], condition: str, *, unique: bool) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=unique, postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Take it away, with everything that was reported."""
    for table in (
        "support_file",
        "support",
        "district_report_file",
        "district_report",
        "district_task",
        "target_evidence",
        "target_value",
        "target_plan",
        "target",
    ):
        op.drop_table(table)
