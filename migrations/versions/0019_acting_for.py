"""acting for

Whom somebody stood in for is called the same in the history and beside the answers. The columns change their names in one
step, so pages and jobs stand still meanwhile; what the seals cover is as it was.
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BEFORE = (("event", "for_id"), ("submission", "on_behalf_of_id"))
AFTER = "acting_for_id"


def upgrade() -> None:
    """Give both columns the one name."""
    for table, column in BEFORE:
        _call(table, column, AFTER)


def downgrade() -> None:
    """Give each its own name again."""
    for table, column in BEFORE:
        _call(table, AFTER, column)


def _call(name: str, was: str, now: str) -> None:
    """Call a column, and the key that leads from it to a person, by another name."""
    with op.batch_alter_table(name) as table:
        table.drop_constraint(op.f(f"fk_{name}_{was}"), type_="foreignkey")
        table.alter_column(was, new_column_name=now)
    with op.batch_alter_table(name) as table:
        table.create_foreign_key(op.f(f"fk_{name}_{now}"), "user", [now], ["id"])
