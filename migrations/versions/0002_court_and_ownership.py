"""more words for what becomes of judicial confirmation; when a party left

The court accepts before it decides, or does not accept; an ownership dispute is excluded.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.models.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = ("applied", "confirmed", "dismissed", "withdrawn", "lapsed", "not_wanted")
AFTER = (
    "applied",
    "accepted",
    "not_accepted",
    "confirmed",
    "dismissed",
    "withdrawn",
    "lapsed",
    "not_wanted",
    "excluded",
)
NAME = "ck_mediation_judicial_confirmation_known"


def upgrade() -> None:
    """Let the new words in, and make room."""
    _allow(AFTER)
    op.add_column("party", sa.Column("left_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Say it in the old words: what was only begun counts as applied for, what was excluded as not wanted."""
    mediation = sa.table("mediation", sa.column("judicial_confirmation"))
    for new, old in (("accepted", "applied"), ("not_accepted", "dismissed"), ("excluded", "not_wanted")):
        op.execute(mediation.update().where(mediation.c.judicial_confirmation == new).values(judicial_confirmation=old))
    _allow(BEFORE)
    with op.batch_alter_table("party") as table:
        table.drop_column("left_at")


def _allow(words: tuple[str, ...]) -> None:
    known = f"judicial_confirmation IN ({','.join(repr(word) for word in words)})"
    with op.batch_alter_table("mediation") as table:
        table.drop_constraint(op.f(NAME), type_="check")
        table.create_check_constraint(op.f(NAME), known)
