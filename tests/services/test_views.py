"""Inboxes: what is in which list, narrowed and sorted, page by page; and the views that people keep of them."""

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
from app.domain.errors import NotFound, RuleBroken
from app.domain.naming import folded
from app.domain.roles import Role
from app.models import Case, Membership, Task, User, db
from app.models.task import NO_DUE
from app.queries import inbox
from app.queries.views import views_of
from app.services import desk, views
from app.services.changing import changing
from tests.conftest import Today
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
        desk.toggle_follow(db.session(), _case(case.id), by=user(office.clerk))
    assert "石湾" not in _case(case.id).title

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


# -- whose list --------------------------------------------------------------------------------------------------------


def ids(person: Person, queue: str) -> list[int]:
    return [t["id"] for t in person.sees(f"/tasks?queue={queue}")["items"]]


def test_what_i_have_just_done_is_true_on_the_next_page(either_office: Office) -> None:
    office = either_office
    case = office.files()
    task = case.task("formality_check", office.clerk)
    office.clerk.does(f"/tasks/{task}/claim")
    assert (ids(office.clerk, "mine"), ids(office.clerk, "group")) == ([task], [])
    office.clerk.answers(case, "formality_check", **ACCEPT)
    assert (ids(office.clerk, "mine"), ids(office.clerk, "done")) == ([], [task])


def test_a_party_has_its_own_tasks_and_no_queue(office: Office) -> None:
    case = office.served()
    assert ids(office.respondent, "mine") == [case.task("statement", office.respondent)]
    assert ids(office.requester, "mine") == ids(office.stranger, "mine") == []
    assert ids(office.respondent, "group") == []


def test_the_numbers_beside_the_lists_are_those_of_the_lists(either_office: Office) -> None:
    office = either_office
    cases = [office.files() for _ in range(3)]
    office.clerk.does(f"/tasks/{cases[0].task('formality_check', office.clerk)}/claim")
    office.clerk.answers(cases[1], "formality_check", **ACCEPT)
    db.session.rollback()
    with changing(db.session):
        assert desk.toggle_follow(db.session(), _case(cases[2].id), by=user(office.clerk)) is True
    found = inbox.counts(db.session(), user(office.clerk))
    clerks = {(q.role, q.unit_id): q.number for q in found.queues}
    assert (found.mine, found.following, found.done_today) == (1, 1, 1)
    assert clerks == {(Role.INTAKE_CLERK, office.unit.id): 2}
    for queue, number in (("mine", 1), ("group", 2), ("following", 1), ("done", 1)):
        assert inbox.page(db.session(), user(office.clerk), inbox.Filter(queue=queue)).total == number


def _case(case_id: int) -> Case:
    return db.session.get_one(Case, case_id)


def test_what_was_done_yesterday_is_not_counted_as_done_today(office: Office, today: Today) -> None:
    office.clerk.answers(office.files(), "formality_check", **ACCEPT)
    today.is_at("2026-03-03 00:00:01")
    assert inbox.counts(db.session(), user(office.clerk)).done_today == 0


def test_following_a_case_shows_its_tasks_only_while_the_case_may_be_seen(office: Office) -> None:
    case = office.docketed()
    db.session.rollback()
    with changing(db.session):
        desk.toggle_follow(db.session(), _case(case.id), by=user(office.mediator))
    assert len(ids(office.mediator, "following")) == 1
    office.requester.acts(case, "recuse", ground="interest", reason="调解员曾任职于对方公司")
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.clerk.answers(case, "reappoint", mediator=office.second_mediator.id)
    assert ids(office.mediator, "following") == []
    assert inbox.counts(db.session(), user(office.mediator)).following == 0


def test_a_colleague_of_another_unit_has_another_queue(office: Office) -> None:
    office.files()
    with changing(db.session):
        elsewhere = people.person(db.session(), Role.INTAKE_CLERK, unit=people.unit(db.session()))
    page = inbox.page(db.session(), elsewhere, inbox.Filter(queue="group"))
    assert (page.items, page.total) == ([], 0)


# -- views that are kept -----------------------------------------------------------------------------------------------


def keeps(person: Person, name: str, *, shared: bool = False, **query: Any) -> int:
    db.session.rollback()
    with changing(db.session):
        view = views.save(db.session(), name=name, query=query, shared=shared, by=user(person))
    return int(view.id)


def seen(person: Person) -> list[tuple[str, dict[str, Any]]]:
    db.session.rollback()
    return [(v.name, v.query) for v in views_of(db.session(), user(person))]


def test_a_view_under_the_same_name_takes_the_place_of_the_old_one(either_office: Office) -> None:
    keeps(either_office.clerk, "逾期", lamp="yellow")
    keeps(either_office.clerk, "逾期", lamp="red")
    assert seen(either_office.clerk) == [("逾期", {"lamp": "red"})]


def test_a_view_is_ones_own_until_it_is_shared_with_the_unit(office: Office) -> None:
    keeps(office.clerk, "逾期", lamp="red")
    assert seen(office.second_clerk) == []
    keeps(office.clerk, "逾期", shared=True, lamp="red")
    assert seen(office.second_clerk) == [("逾期", {"lamp": "red"})]
    assert seen(office.requester) == []
    keeps(office.clerk, "逾期", lamp="red")
    assert seen(office.second_clerk) == []


def test_a_shared_view_stays_inside_its_unit(office: Office) -> None:
    keeps(office.clerk, "逾期", shared=True, lamp="red")
    with changing(db.session):
        elsewhere = people.person(db.session(), Role.INTAKE_CLERK, unit=people.unit(db.session()))
    assert views_of(db.session(), elsewhere) == []


def test_a_party_has_nobody_to_share_with(office: Office) -> None:
    with pytest.raises(RuleBroken):
        keeps(office.requester, "待办", shared=True)


def test_only_its_author_removes_a_view(office: Office) -> None:
    view_id = keeps(office.clerk, "逾期", shared=True, lamp="red")
    with pytest.raises(NotFound):
        views.delete(db.session(), view_id, by=user(office.second_clerk))
    with changing(db.session):
        views.delete(db.session(), view_id, by=user(office.clerk))
    assert seen(office.clerk) == []
