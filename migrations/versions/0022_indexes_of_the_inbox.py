"""indexes of the inbox

The counts beside a queue look at the day of the first reminder, at pauses and at the case. With these in the index that
the queue is walked along, SQLite need not fetch each row of it either; PostgreSQL had the first two beside its keys. The
indexes of what a person holds and of what a party is asked leave out the many tasks that nobody holds and no party is
asked: counted with them, they made SQLite believe that such an index finds everything, and read the whole table.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

WAITS = "state = 'open' AND assignee_id IS NULL"
WALKED = ("role", "unit_id", "due_sort", "id")
COUNTED = ("warn_on", "paused", "case_id")
HELD = {"ix_task_mine": "assignee_id", "ix_task_party": "organization_id"}


def upgrade() -> None:
    """Put what is counted behind what is walked along; leave out of the others what they never find."""
    _replace("ix_task_queue", [*WALKED, *COUNTED], WAITS)
    for name, column in HELD.items():
        _replace(name, [column, "due_sort", "id"], f"state = 'open' AND {column} IS NOT NULL")


def downgrade() -> None:
    """Make the indexes as they were."""
    _replace("ix_task_queue", list(WALKED), WAITS, postgresql_include=["warn_on", "paused"])
    for name, column in HELD.items():
        _replace(name, [column, "due_sort", "id"], "state = 'open'")


def _replace(name: str, columns: list[str], where: str, **more: list[str]) -> None:
    op.drop_index(name, "task")
    op.create_index(name, "task", columns, postgresql_where=sa.text(where), sqlite_where=sa.text(where), **more)
