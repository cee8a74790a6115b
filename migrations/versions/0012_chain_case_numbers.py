"""chain case numbers

What the previous code gives out meanwhile is chained together with the next number.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app import audit

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNTER = sa.table("case_counter", *(sa.column(name) for name in ("kind", "year", "last", "sealed", "seal")))


def upgrade() -> None:
    """Make room, and seal each counter where it stands."""
    op.add_column("case_counter", sa.Column("sealed", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case_counter", sa.Column("seal", sa.String(length=64), nullable=False, server_default=""))
    connection = op.get_bind()
    for kind, year, last in connection.execute(sa.select(COUNTER.c.kind, COUNTER.c.year, COUNTER.c.last)).all():
        chained = sa.update(COUNTER).where(COUNTER.c.kind == kind, COUNTER.c.year == year)
        connection.execute(chained.values(sealed=last, seal=audit.chained(kind, year, range(1, last + 1))))


def downgrade() -> None:
    """Take the room away."""
    with op.batch_alter_table("case_counter") as table:
        table.drop_column("seal")
        table.drop_column("sealed")
