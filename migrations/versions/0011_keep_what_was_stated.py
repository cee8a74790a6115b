"""keep what was stated

What a request says of a party that others named stays with the case, also when the party speaks for itself since. Cases
of before get it from the request and its corrections as they were submitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models.types import EncryptedJson

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

AT_ONCE = 500
STATED = ("legal_representative", "address", "postcode", "phone", "email")
PARTY = sa.table(
    "party",
    *(sa.column(name) for name in ("id", "case_id", "place")),
    sa.column("stated", EncryptedJson),
)
SUBMISSION = sa.table(
    "submission",
    *(sa.column(name) for name in ("id", "case_id", "form")),
    sa.column("answers", EncryptedJson),
)

# Who filed it online or came in with a code speaks for itself, and so does who is verified and has answered.
SPEAKS = """
UPDATE party SET own_words = true
WHERE files_itself
OR EXISTS (SELECT 1 FROM invitation
    WHERE invitation.party_id = party.id AND invitation.agent_id IS NULL AND invitation.used_at IS NOT NULL)
OR (stance IN ('consents', 'declines') AND EXISTS (
    SELECT 1 FROM organization WHERE organization.id = party.organization_id AND organization.verified))
"""
# A request that an official entered was handed in by the first requester.
ON_PAPER = """
UPDATE party SET files_on_paper = true
WHERE place = 1 AND role = 'requester' AND EXISTS (
    SELECT 1 FROM submission JOIN membership ON membership.user_id = submission.by_id
    WHERE submission.case_id = party.case_id AND submission.task_id IS NULL AND submission.form = 'mediation_request'
    AND membership.unit_id IS NOT NULL)
"""
UNSAID = "UPDATE party SET stated = NULL WHERE own_words"


def upgrade() -> None:
    """Make room, and fill it."""
    for name in ("files_on_paper", "own_words"):
        op.add_column("party", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(SPEAKS)
    op.execute(ON_PAPER)
    connection = op.get_bind()
    for case_ids in _chunks(connection):
        _fill(connection, case_ids)


def downgrade() -> None:
    """Take the room away; who speaks for itself has nothing stated of it again."""
    op.execute(UNSAID)
    with op.batch_alter_table("party") as table:
        table.drop_column("own_words")
        table.drop_column("files_on_paper")


def _chunks(connection: sa.Connection) -> Iterator[list[int]]:
    """Give the ids of the cases in which a party has nothing stated of it, some at a time."""
    last = 0
    while True:
        rows = sa.select(PARTY.c.case_id).where(PARTY.c.stated.is_(None), PARTY.c.case_id > last)
        found = list(connection.scalars(rows.distinct().order_by(PARTY.c.case_id).limit(AT_ONCE)))
        if not found:
            return
        yield found
        last = found[-1]


def _fill(connection: sa.Connection, case_ids: list[int]) -> None:
    parties: dict[int, list[Any]] = {}
    rows = sa.select(PARTY.c.case_id, PARTY.c.id, PARTY.c.stated).where(PARTY.c.case_id.in_(case_ids))
    for row in connection.execute(rows.order_by(PARTY.c.case_id, PARTY.c.place)):
        parties.setdefault(row.case_id, []).append(row)
    stated: dict[int, dict[str, str]] = {}
    answers = sa.select(SUBMISSION.c.case_id, SUBMISSION.c.form, SUBMISSION.c.answers).where(
        SUBMISSION.c.case_id.in_(case_ids), SUBMISSION.c.form.in_(("mediation_request", "correct_materials"))
    )
    for case_id, form, said in connection.execute(answers.order_by(SUBMISSION.c.id)):
        if form == "mediation_request":
            stated.update(_requested(parties[case_id], said))
        else:
            _correct(stated, said)
    missing = {row.id for rows in parties.values() for row in rows if row.stated is None}
    filled = [{"_id": party_id, "stated": said} for party_id, said in stated.items() if party_id in missing]
    if filled:
        connection.execute(sa.update(PARTY).where(PARTY.c.id == sa.bindparam("_id")), filled)


def _requested(parties: list[Any], said: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield what a request states of each party that it names: they stand after the one that files it itself."""
    named = parties[1 if said.get("requester_organization") else 0 :]
    for row, entry in zip(named, [*(said.get("co_requesters") or []), *said["respondents"]], strict=False):
        yield row.id, {name: entry.get(name) or "" for name in STATED}


def _correct(stated: dict[int, dict[str, str]], said: Mapping[str, Any]) -> None:
    for entry in said.get("parties") or []:
        if entry["party"] in stated:
            stated[entry["party"]] |= {name: entry[name] for name in STATED if entry.get(name)}
