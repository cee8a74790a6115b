"""what nobody asks

The region of an organisation, the task of a paper and the paper of a pause were kept and never read. On the way back the
region comes from the code; the task and the paper stay empty, as they always were.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

POINTERS = (("document", "task_id", "task"), ("clock_pause", "document_id", "document"))


def upgrade() -> None:
    """Take the columns away."""
    op.drop_index("ix_organization_region", table_name="organization")
    with op.batch_alter_table("organization") as table:
        table.drop_column("region")
    for name, column, _to in POINTERS:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"fk_{name}_{column}"), type_="foreignkey")
            table.drop_column(column)


def downgrade() -> None:
    """Make room for them again."""
    for name, column, to in POINTERS:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(column, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_{column}"), to, [column], ["id"])
    with op.batch_alter_table("organization") as table:
        table.add_column(sa.Column("region", sa.String(length=6), nullable=False, server_default=""))
    op.execute("UPDATE organization SET region = SUBSTR(uscc, 3, 6) WHERE uscc IS NOT NULL")
    op.create_index("ix_organization_region", "organization", ["region"])
