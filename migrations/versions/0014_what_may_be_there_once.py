"""what may be there once

A role in a unit or for an organisation, and the row of a step of the office, are there once; a constraint over a column
that is always empty refused nothing. A period that does not run wakes nobody. Files are found by who points at them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

POINTERS = (
    ("agent", "file_id"),
    ("document", "file_id"),
    ("organization", "licence_id"),
    ("service_record", "proof_file_id"),
)
DOUBLES = """
DELETE FROM membership WHERE id NOT IN (SELECT MIN(id) FROM membership GROUP BY user_id, role, unit_id, organization_id)
"""


def upgrade() -> None:
    """Take away what is there twice, or wakes for nothing, and let it not come back."""
    op.execute(DOUBLES)
    op.execute("UPDATE deadline SET wake_at = NULL WHERE state <> 'running'")
    with op.batch_alter_table("membership") as table:
        table.drop_constraint("uq_membership_once", type_="unique")
        table.create_unique_constraint("uq_membership_in_unit", ["user_id", "role", "unit_id"])
        table.create_unique_constraint("uq_membership_for_organization", ["user_id", "role", "organization_id"])
    with op.batch_alter_table("deadline") as table:
        table.drop_constraint(op.f("ck_deadline_due_after_it_starts"), type_="check")
        table.create_check_constraint(
            op.f("ck_deadline_wakes_only_while_running"), "wake_at IS NULL OR state = 'running'"
        )
    op.create_index(
        "uq_task_of_the_office",
        "task",
        ["case_id", "engine_id"],
        unique=True,
        postgresql_where=sa.text("party_id IS NULL"),
        sqlite_where=sa.text("party_id IS NULL"),
    )
    for table_name, column in POINTERS:
        op.create_index(op.f(f"ix_{table_name}_{column}"), table_name, [column])


def downgrade() -> None:
    """Ask for less again."""
    for table_name, column in POINTERS:
        op.drop_index(op.f(f"ix_{table_name}_{column}"), table_name=table_name)
    op.drop_index("uq_task_of_the_office", table_name="task")
    with op.batch_alter_table("deadline") as table:
        table.drop_constraint(op.f("ck_deadline_wakes_only_while_running"), type_="check")
        table.create_check_constraint(op.f("ck_deadline_due_after_it_starts"), "due_on >= start_on")
    with op.batch_alter_table("membership") as table:
        table.drop_constraint("uq_membership_for_organization", type_="unique")
        table.drop_constraint("uq_membership_in_unit", type_="unique")
        table.create_unique_constraint("uq_membership_once", ["user_id", "role", "unit_id", "organization_id"])
