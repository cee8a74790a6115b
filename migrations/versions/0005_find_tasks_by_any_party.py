"""find tasks by any party

Cases get the names of all their parties and an English title; tasks get a copy of the title and the text they are
searched in. What the previous code writes meanwhile has neither and is shown by its Chinese title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.domain import naming

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 500
CASE = sa.table("case", sa.column("id"), sa.column("number"), sa.column("title_en"), sa.column("party_names"))
TASK = sa.table(
    "task",
    *(sa.column(name) for name in ("id", "case_id", "title", "title_en", "case_title_en", "search_text")),
)
PARTY = sa.table("party", *(sa.column(name) for name in ("case_id", "organization_id", "role", "place")))
ORGANIZATION = sa.table("organization", sa.column("id"), sa.column("name"))


def upgrade() -> None:
    """Make room, and fill it."""
    op.add_column("case", sa.Column("title_en", sa.String(length=500), nullable=False, server_default=""))
    op.add_column("case", sa.Column("party_names", sa.Text(), nullable=False, server_default=""))
    op.add_column("task", sa.Column("case_title_en", sa.String(length=500), nullable=False, server_default=""))
    op.add_column("task", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    for cases in _chunks(connection):
        _fill(connection, cases)


def downgrade() -> None:
    """Take the room away."""
    op.drop_column("task", "search_text")
    op.drop_column("task", "case_title_en")
    op.drop_column("case", "party_names")
    op.drop_column("case", "title_en")


def _chunks(connection: sa.Connection) -> Iterator[dict[int, str]]:
    """Give the numbers of the cases by their ids, some at a time."""
    last = 0
    while True:
        rows = _next_cases(last)
        found = dict(connection.execute(rows).all())
        if not found:
            return
        yield found
        last = max(found)


def _next_cases(after: int) -> sa.Select[Any]:
    return sa.select(CASE.c.id, CASE.c.number).where(CASE.c.id > after).order_by(CASE.c.id).limit(AT_ONCE)


def _fill(connection: sa.Connection, numbers: dict[int, str]) -> None:
    sides = _sides(connection, list(numbers))
    names = {i: " ".join(name for _, name in sides[i]) for i in numbers}
    titles = {i: _title_en(sides[i]) for i in numbers}
    case_rows = [{"_id": i, "title_en": titles[i], "party_names": names[i]} for i in numbers]
    connection.execute(sa.update(CASE).where(CASE.c.id == sa.bindparam("_id")), case_rows)
    wanted = sa.select(TASK.c.id, TASK.c.case_id, TASK.c.title, TASK.c.title_en).where(TASK.c.case_id.in_(numbers))
    task_rows = [
        {
            "_id": task_id,
            "case_title_en": titles[case_id],
            "search_text": naming.folded(numbers[case_id], title, title_en, names[case_id]),
        }
        for task_id, case_id, title, title_en in connection.execute(wanted)
    ]
    if task_rows:
        connection.execute(sa.update(TASK).where(TASK.c.id == sa.bindparam("_id")), task_rows)


def _sides(connection: sa.Connection, case_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the parties of each case, in order: role and name."""
    rows = (
        sa.select(PARTY.c.case_id, PARTY.c.role, ORGANIZATION.c.name)
        .join_from(PARTY, ORGANIZATION, ORGANIZATION.c.id == PARTY.c.organization_id)
        .where(PARTY.c.case_id.in_(case_ids))
        .order_by(PARTY.c.case_id, PARTY.c.place)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for case_id, role, name in connection.execute(rows):
        found[case_id].append((role, name))
    return found


def _title_en(parties: list[tuple[str, str]]) -> str:
    requesters = [name for role, name in parties if role == "requester"]
    respondents = [name for role, name in parties if role == "respondent"]
    return naming.title_en(requesters, respondents) if requesters and respondents else ""
