"""more words for what becomes of judicial confirmation

The court accepts before it decides, or does not accept; an ownership dispute is excluded.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
NAME = "judicial_confirmation_known"


def upgrade() -> None:
    """Let the new words in."""
    _allow(AFTER)


def downgrade() -> None:
    """Say it in the old words: what was only begun counts as applied for, what was excluded as not wanted."""
    mediation = sa.table("mediation", sa.column("judicial_confirmation"))
    for new, old in (("accepted", "applied"), ("not_accepted", "dismissed"), ("excluded", "not_wanted")):
        op.execute(mediation.update().where(mediation.c.judicial_confirmation == new).values(judicial_confirmation=old))
    _allow(BEFORE)


def _allow(words: tuple[str, ...]) -> None:
    known = f"judicial_confirmation IN ({','.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f(f"ck_mediation_{NAME}"), "mediation", type_="check")
        op.create_check_constraint(op.f(f"ck_mediation_{NAME}"), "mediation", known)
        return
    # SQLite makes the table anew, and forgets every check that is not named here
    checks = (
        sa.CheckConstraint(known, name=NAME),
        sa.CheckConstraint("competence IN ('ours','transfer','not_mediable')", name="competence_known"),
        sa.CheckConstraint("amount_claimed IS NULL OR amount_claimed >= 0", name="claim_not_negative"),
    )
    with op.batch_alter_table("mediation", recreate="always", table_args=checks):
        pass
