"""The message that a change of the calendar moved due dates: one to each person, whatever the number of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import statute
from app.models import Case, CaseStaff, Party, Task
from app.notifications.outbox import Person, reached, write

AT_ONCE = 500  # so many numbers fit into one statement on every database
SHOWN = 10  # the others are counted; the list is on the case pages


def calendar_moved(session: Session, rows: Sequence[Mapping[str, str]]) -> None:
    """Tell the parties and officials of the cases whose due dates moved (``rows``: case, rule, was, due)."""
    if not rows:
        return
    by_number: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        by_number[row["case"]].append(row)
    moved: dict[int, list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
    people: dict[int, Person] = {}
    for case_id, number, person in _concerned(session, list(by_number)):
        people[person.id] = person
        moved[person.id].extend((case_id, row) for row in by_number[number] if _is_for(person, row))
    for user_id, lines in moved.items():
        cases = {case_id for case_id, _ in lines}
        link = f"/cases/{cases.pop()}" if len(cases) == 1 else "/"
        if lines:
            write(session, "calendar_moved", [people[user_id]], _facts([row for _, row in lines]), link=link)


def _is_for(person: Person, row: Mapping[str, str]) -> bool:
    """An internal target is for officials only."""
    return person.party_id is None or not row["rule"].startswith(statute.INTERNAL)


def _concerned(session: Session, numbers: list[str]) -> list[tuple[int, str, Person]]:
    """Return case by case (id, number) the people who are to know, each once a case."""
    found: list[tuple[int, str, Person]] = []
    for first in range(0, len(numbers), AT_ONCE):
        found += _some(session, numbers[first : first + AT_ONCE])
    return found


def _some(session: Session, numbers: list[str]) -> list[tuple[int, str, Person]]:
    number_of = dict(session.execute(select(Case.id, Case.number).where(Case.number.in_(numbers))).all())
    staying = select(Party.id, Party.case_id).where(Party.case_id.in_(number_of), Party.left_at.is_(None))
    case_of_party = dict(session.execute(staying).all())
    officials = session.execute(
        select(CaseStaff.user_id, CaseStaff.case_id)
        .where(CaseStaff.case_id.in_(number_of), CaseStaff.until.is_(None))
        .union(
            select(Task.assignee_id, Task.case_id).where(
                Task.case_id.in_(number_of), Task.state == "open", Task.assignee_id.is_not(None)
            )
        )
    ).all()
    cases_of: dict[int, set[int]] = defaultdict(set)
    for user_id, case_id in officials:
        cases_of[user_id].add(case_id)
    concerned: dict[tuple[int, int], Person] = {}
    for person in reached(session, users=cases_of, parties=case_of_party):
        cases = cases_of[person.id] if person.party_id is None else {case_of_party[person.party_id]}
        concerned |= {(case_id, person.id): person for case_id in cases}
    return [(case_id, number_of[case_id], person) for (case_id, _), person in concerned.items()]


def _facts(rows: list[Mapping[str, str]]) -> dict[str, Any]:
    lines = [
        {
            "number": row["case"],
            "title": statute.rule(row["rule"]).name.zh,
            "title_en": statute.rule(row["rule"]).name.en,
            "was": row["was"],
            "due": row["due"],
        }
        for row in rows
    ]
    return {"count": len(lines), "lines": lines[:SHOWN], "more": max(len(lines) - SHOWN, 0)}
