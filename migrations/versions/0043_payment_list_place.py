"""payment list place

Payment lists are numbered by year: the year and the place in it are kept beside the number, and no two lists share them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

# ``BF20260003``: the year stands in the third to the sixth character, the place behind it
PARTS = (
    "UPDATE payment_list SET year = CAST(substr(number, 3, 4) AS INTEGER), place = CAST(substr(number, 7) AS INTEGER)"
)


def upgrade() -> None:
    """Make room, and read both from the numbers that there are."""
    with op.batch_alter_table("payment_list") as table:
        table.add_column(sa.Column("year", sa.Integer(), nullable=True))
        table.add_column(sa.Column("place", sa.Integer(), nullable=True))
    op.execute(PARTS)
    with op.batch_alter_table("payment_list") as table:
        table.alter_column("year", existing_type=sa.Integer(), nullable=False)
        table.alter_column("place", existing_type=sa.Integer(), nullable=False)
        table.create_unique_constraint("uq_payment_list_place", ["year", "place"])


def downgrade() -> None:
    """Take both away; the number says them, too."""
    with op.batch_alter_table("payment_list") as table:
        table.drop_constraint("uq_payment_list_place", type_="unique")
        table.drop_column("place")
        table.drop_column("year")
