"""Inboxes: narrowed and sorted, page by page, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import RuleBroken
from app.domain.naming import folded
from app.domain.roles import Role
from app.models import Case, Membership, Task, User, db
from app.models.task import NO_DUE
from app.queries import inbox
from app.services import desk
from app.services.changing import changing
from tests.factories import people
from tests.flows.office import POINTS, Office, Person

ACCEPT = {"check": "accept", "points": POINTS}
TODAY = date(2026, 3, 2)


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def line(office: Office, case_id: int, n: int, **changes: Any) -> Task:
    """Return a line of the clerks' queue that is not in the database yet."""
    due = changes.pop("due", None)
    values = {
        "case_id": case_id,
        "engine_id": f"line{n}",
        "key": "formality_check",
        "form": "formality_check",
        "title": "形式审查",
        "title_en": "Formality check",
        "process": "mediation",
        "case_number": f"A{n:03d}",
        "case_title": "甲 与 乙",
        "role": Role.INTAKE_CLERK.value,
        "unit_id": office.unit.id,
        "opened_at": clock.now(),
        "due_on": due,
        "due_sort": due or NO_DUE,
        "state": "open",
    }
    values |= changes
    values["search_text"] = folded(values["case_number"], values["title"], values["case_title"])
    return Task(**values)


def numbers(person: Person, **wanted: Any) -> list[str]:
    """Return the case numbers of one page of a person's list."""
    db.session.rollback()
    found = inbox.page(db.session(), user(person), inbox.filter_from({"queue": "group", **wanted}))
    assert found.total == len(found.items)
    return [t.case_number for t in found.items]


# -- narrowing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def lines(office: Office) -> Office:
    """Return an office in whose queue five lines wait, none like the other, and nothing else."""
    case = office.files()
    near, warned = TODAY + timedelta(days=1), TODAY - timedelta(days=2)
    with changing(db.session):
        db.session.execute(delete(Task).where(Task.case_id == case.id))
    office.adds(
        line(office, case.id, 1, due=date(2026, 4, 1), warn_on=date(2026, 3, 26), case_title="百分_百 与 乙"),
        line(office, case.id, 2, due=near, warn_on=warned, key="docket", case_title="50% 与 乙"),
        line(office, case.id, 3, due=date(2026, 2, 27), warn_on=date(2026, 2, 20), case_title="百分百 与 乙"),
        line(office, case.id, 4, due=near, warn_on=warned, paused=True, process="adjudication"),
        line(office, case.id, 5, title="立案"),
    )
    return office


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["A003", "A002", "A004", "A001", "A005"]),
        ({"process": "adjudication"}, ["A004"]),
        ({"key": "docket"}, ["A002"]),
        ({"due_before": "2026-03-03"}, ["A003"]),
        ({"due_before": "2026-03-04"}, ["A003", "A002", "A004"]),
        ({"lamp": "red"}, ["A003"]),
        ({"lamp": "yellow"}, ["A002"]),
        ({"lamp": "green"}, ["A001"]),
        ({"lamp": "paused"}, ["A004"]),
        ({"lamp": "none"}, ["A005"]),
        ({"text": "A00"}, ["A003", "A002", "A004", "A001", "A005"]),
        ({"text": "a002"}, ["A002"]),
        ({"text": "百分百"}, ["A003"]),
        ({"text": "Ａ００２"}, ["A002"]),
        ({"text": "立案 a005"}, ["A005"]),
        ({"text": "立案 a004"}, []),
        ({"text": "立案"}, ["A005"]),
        ({"text": "%"}, ["A002"]),
        ({"text": "_"}, ["A001"]),
        ({"text": "\\"}, []),
        ({"state": "requested"}, ["A003", "A002", "A004", "A001", "A005"]),
        ({"state": "mediating"}, []),
        ({"role": "director"}, []),
        ({"sort": "case"}, ["A001", "A002", "A003", "A004", "A005"]),
        ({"sort": "opened"}, ["A005", "A004", "A003", "A002", "A001"]),
        ({"lamp": "yellow", "text": "50%", "key": "docket", "process": "mediation"}, ["A002"]),
    ],
)
def test_a_list_is_narrowed_and_sorted_as_asked(lines: Office, wanted: dict[str, str], found: list[str]) -> None:
    assert numbers(lines.clerk, **wanted) == found


def test_a_task_is_found_by_any_party_of_its_case_in_every_list(either_office: Office) -> None:
    office = either_office
    third = {
        "kind": "enterprise",
        "name": "佛山市禅城区石湾（中国）五金厂",
        "uscc": people.code(900_001),
        "address": "石湾",
    }
    case = office.files(respondents=[office.entry(office.responding), third])
    task = case.task("formality_check", office.clerk)
    db.session.rollback()
    with changing(db.session):
        desk.toggle_follow(db.session(), db.session.get_one(Case, case.id), by=user(office.clerk))
    assert "石湾" not in db.session.get_one(Case, case.id).title

    def found(queue: str, text: str) -> list[int]:
        return [t["id"] for t in office.clerk.sees(f"/tasks?queue={queue}&text={text}")["items"]]

    for queue in ("group", "following", "done"):
        if queue == "done":
            office.clerk.answers(case, "formality_check", **ACCEPT)
        assert found(queue, "石湾(中国)") == found(queue, "石湾 formality") == [task], queue
        assert found(queue, "南庄") == [], queue


def test_what_is_late_and_what_is_due_soon_is_counted_exactly(lines: Office) -> None:
    page = inbox.page(db.session(), user(lines.clerk), inbox.Filter(queue="group", limit=2))
    assert (len(page.items), page.total, page.late, page.soon) == (2, 5, 1, 1)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"queue": "everything"}, "queue"),
        ({"sort": "colour"}, "sort"),
        ({"lamp": "blue"}, "lamp"),
        ({"due_before": "tomorrow"}, "due_before"),
        ({"limit": "many"}, "limit"),
        ({"unit": "-1"}, "unit"),
    ],
)
def test_a_filter_that_cannot_be_read_names_its_field(wanted: dict[str, str], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        inbox.filter_from(wanted)
    assert refusal.value.field == field


@pytest.mark.parametrize("cursor", ["x", "====", "W10", "bnVsbA", "WzEsMl0", "WyIyMDI2LTAzLTAyIiwiYSJd"])
def test_a_cursor_that_was_made_up_is_refused(office: Office, cursor: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        inbox.page(db.session(), user(office.clerk), inbox.Filter(queue="group", cursor=cursor))
    assert refusal.value.field == "cursor"


def test_a_filter_goes_into_an_address_and_comes_back() -> None:
    wanted = {"queue": "group", "lamp": "red", "text": "甲", "sort": "case", "due_before": "2026-03-09", "unit": "3"}
    assert inbox.filter_from(inbox.filter_from(wanted).query()).query() == wanted


# -- page by page ------------------------------------------------------------------------------------------------------

ROW = st.tuples(st.one_of(st.none(), st.integers(0, 3)), st.integers(0, 3), st.booleans())


@pytest.fixture
def walked(either_office: Office) -> tuple[Office, int]:
    """Return an office, and a case that lines may belong to; one clerk is a director too and has two queues."""
    office = either_office
    case = office.files()
    office.adds(Membership(user_id=office.clerk.id, role=Role.DIRECTOR.value, unit_id=office.unit.id))
    return office, case.id


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(ROW, max_size=14),
    limit=st.integers(1, 6),
    sort=st.sampled_from(["due", "opened", "case"]),
    leaves=st.lists(st.integers(0, 20), max_size=6),
)
def test_walking_the_pages_gives_each_row_once_and_in_order(
    walked: tuple[Office, int], rows: list[Any], limit: int, sort: str, leaves: list[int]
) -> None:
    office, case_id = walked
    session = db.session()
    session.rollback()
    session.execute(delete(Task).where(Task.case_id == case_id))
    tasks = [_made(office, case_id, n, row) for n, row in enumerate(rows)]
    session.add_all(tasks)
    session.flush()
    clerk = user(office.clerk)
    wanted = inbox.Filter(queue="group", sort=sort, limit=limit)
    assert inbox.page(session, clerk, wanted).total == len(tasks)
    gone: set[int] = set()
    seen = [t.id for page in _pages(session, clerk, wanted, tasks, leaves, gone) for t in page]
    assert len(seen) == len(set(seen))
    stayed = [t.id for t in sorted(tasks, key=_key(sort)) if t.id not in gone]
    assert [i for i in seen if i not in gone] == stayed
    session.rollback()


def _made(office: Office, case_id: int, n: int, row: tuple[int | None, int, bool]) -> Task:
    due, opened, directors = row
    return line(
        office,
        case_id,
        n,
        due=None if due is None else TODAY + timedelta(days=due),
        opened_at=clock.now() - timedelta(hours=opened),
        case_number=f"A{opened:03d}",
        role=(Role.DIRECTOR if directors else Role.INTAKE_CLERK).value,
    )


def _key(sort: str) -> Any:
    keys = {
        "due": lambda t: (t.due_sort, t.id),
        "opened": lambda t: (-t.opened_at.timestamp(), -t.id),
        "case": lambda t: (t.case_number, t.id),
    }
    return keys[sort]


def _pages(
    session: Session, clerk: User, wanted: inbox.Filter, tasks: list[Task], leaves: list[int], gone: set[int]
) -> Iterator[list[Task]]:
    """Walk to the end; between two pages somebody completes a row."""
    leaving = iter(leaves)
    while True:
        page = inbox.page(session, clerk, wanted, count=False)
        yield page.items
        if not page.next:
            return
        assert len(page.items) == wanted.limit
        wanted = _next(wanted, page.next)
        n = next(leaving, None)
        if n is not None and n < len(tasks):
            gone.add(tasks[n].id)
            done = {"state": "done", "done_at": clock.now(), "done_by_id": clerk.id}
            session.execute(update(Task).where(Task.id == tasks[n].id).values(**done))


def _next(wanted: inbox.Filter, cursor: str) -> inbox.Filter:
    return inbox.filter_from({**wanted.query(), "cursor": cursor, "limit": str(wanted.limit)})


def test_what_was_done_is_walked_newest_first_to_its_second_page(either_office: Office) -> None:
    office = either_office
    done = []
    for _ in range(3):
        case = office.files()
        done.append(case.task("formality_check", office.clerk))
        office.clerk.answers(case, "formality_check", **ACCEPT)
    first = office.clerk.sees("/tasks?queue=done&limit=2")
    second = office.clerk.sees(f"/tasks?queue=done&limit=2&cursor={first['next']}")
    assert [t["id"] for t in first["items"] + second["items"]] == done[::-1]
    assert second["next"] is None


def test_the_newest_come_first_where_that_is_asked_to_the_second_page(either_office: Office) -> None:
    office = either_office
    tasks = [office.files().task("formality_check", office.clerk) for _ in range(3)]
    first = office.clerk.sees("/tasks?queue=group&sort=opened&limit=2")
    second = office.clerk.sees(f"/tasks?queue=group&sort=opened&limit=2&cursor={first['next']}")
    assert [t["id"] for t in first["items"] + second["items"]] == tasks[::-1]
