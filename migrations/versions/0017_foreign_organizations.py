"""foreign organizations

An organisation from outside of the mainland is known by its country and the number under which it is registered there.
On the way back it becomes an enterprise, since the column no longer knows the word.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KNOWN = "kind IN ('enterprise','institution','agency','foreign','individual')"
KNOWN_BEFORE = "kind IN ('enterprise','institution','agency','individual')"


def upgrade() -> None:
    """Make room for country and number, and let the kind be said."""
    with op.batch_alter_table("organization") as table:
        table.add_column(sa.Column("country", sa.String(length=60), nullable=False, server_default=""))
        table.add_column(sa.Column("foreign_number", sa.String(length=60), nullable=True))
        table.drop_constraint(op.f("ck_organization_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_organization_kind_known"), KNOWN)
        table.create_unique_constraint("uq_organization_foreign_number", ["country", "foreign_number"])


def downgrade() -> None:
    """Take the room away."""
    op.execute("UPDATE organization SET kind = 'enterprise' WHERE kind = 'foreign'")
    with op.batch_alter_table("organization") as table:
        table.drop_constraint("uq_organization_foreign_number", type_="unique")
        table.drop_constraint(op.f("ck_organization_kind_known"), type_="check")
        table.create_check_constraint(op.f("ck_organization_kind_known"), KNOWN_BEFORE)
        table.drop_column("foreign_number")
        table.drop_column("country")
