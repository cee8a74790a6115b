"""former names of a party

Who stood in a case before somebody else took their place stays on what was served on them.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models import types

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

EVENTS = sa.table(
    "event", sa.column("case_id"), sa.column("at", types.UtcDateTime()), sa.column("kind"), sa.column("data")
)
PARTIES = sa.table("party", sa.column("id"), sa.column("case_id"), sa.column("organization_id"), sa.column("formerly"))
NAMES = sa.table("organization", sa.column("id"), sa.column("name"))


def upgrade() -> None:
    """Make room, and write down who came in whose place so far."""
    op.add_column("party", sa.Column("formerly", types.JsonText(), nullable=False, server_default="[]"))
    link = op.get_bind()
    told = sa.select(EVENTS.c.case_id, EVENTS.c.at, EVENTS.c.data).where(EVENTS.c.kind == "party_succeeded")
    for case_id, at, data in link.execute(told).all():
        _write_down(link, case_id, at.isoformat(), json.loads(data))


def _write_down(link: sa.Connection, case_id: int, until: str, data: dict[str, Any]) -> None:
    of_the_case = (
        sa.select(PARTIES.c.id)
        .join_from(PARTIES, NAMES, NAMES.c.id == PARTIES.c.organization_id)
        .where(PARTIES.c.case_id == case_id, NAMES.c.name == data["party"])
    )
    party_id = link.scalar(of_the_case.limit(1))
    kept = json.dumps([{"name": data["was"], "until": until}], ensure_ascii=False)
    link.execute(sa.update(PARTIES).where(PARTIES.c.id == party_id).values(formerly=kept))


def downgrade() -> None:
    """Take the room away."""
    with op.batch_alter_table("party") as table:
        table.drop_column("formerly")
