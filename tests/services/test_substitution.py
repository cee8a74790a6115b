"""Working for an absent colleague: what a deputy sees, does and signs, and where it ends."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app import clock
from app.models import Event, Submission, Substitute, User, db
from app.services import desk, substitutes
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office, Person

ACCEPT = {"check": "accept", "points": POINTS}


def is_away(absent: Person, deputy: Person, first: str = "2026-03-02", last: str = "2026-03-04") -> int:
    """Let ``deputy`` stand in for ``absent``; return the id of the arrangement."""
    db.session.rollback()
    with changing(db.session):
        row = substitutes.appoint(
            db.session(),
            deputy=user(deputy),
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
            reason="出差",
            by=user(absent),
        )
    return int(row.id)


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def mine(person: Person) -> set[int]:
    """Return the tasks on a person's own list."""
    return {t["id"] for t in person.sees("/tasks?queue=mine")["items"]}


def claimed(office: Office) -> tuple[Case, int]:
    """Return a case whose formality check the clerk has taken."""
    case = office.files()
    task = case.task("formality_check", office.clerk)
    office.clerk.does(f"/tasks/{task}/claim")
    return case, task


def last_event(case: Case) -> Event:
    db.session.rollback()
    rows = select(Event).where(Event.case_id == case.id, Event.by_id.is_not(None)).order_by(Event.seq.desc())
    return db.session.scalars(rows).first()


def test_a_deputy_sees_and_does_what_the_absent_colleague_holds(either_office: Office) -> None:
    office = either_office
    case, task = claimed(office)
    assert task not in mine(office.second_clerk)
    is_away(office.clerk, office.second_clerk)
    assert task in mine(office.second_clerk)
    office.second_clerk.answers(case, "formality_check", **ACCEPT)
    assert case.state == "serving"


def test_the_history_says_who_acted_for_whom(either_office: Office) -> None:
    office = either_office
    case, task = claimed(office)
    is_away(office.clerk, office.second_clerk)
    office.second_clerk.answers(case, "formality_check", **ACCEPT)
    event = last_event(case)
    assert (event.by_id, event.acting_for_id) == (office.second_clerk.id, office.clerk.id)
    submission = db.session.scalars(select(Submission).where(Submission.task_id == task)).one()
    assert (submission.by_id, submission.acting_for_id) == (office.second_clerk.id, office.clerk.id)


def test_who_acts_with_powers_of_their_own_acts_for_nobody(office: Office) -> None:
    is_away(office.clerk, office.second_clerk)
    case = office.files()
    office.second_clerk.answers(case, "formality_check", **ACCEPT)
    assert last_event(case).acting_for_id is None


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-03-02 23:59:59", 403),
        ("2026-03-03 00:00:00", 200),
        ("2026-03-04 23:59:59", 200),
        ("2026-03-05 00:00:00", 403),
    ],
)
def test_a_deputy_acts_on_the_named_days_only(office: Office, today: Today, moment: str, status: int) -> None:
    case, task = claimed(office)
    is_away(office.clerk, office.second_clerk, first="2026-03-03")
    today.is_at(moment)
    office.second_clerk.does(f"/tasks/{task}/complete", {"answers": ACCEPT}, expects=status)
    assert case.state == ("serving" if status == 200 else "requested")


def test_ended_early_is_ended_at_once(office: Office) -> None:
    _, task = claimed(office)
    arrangement = is_away(office.clerk, office.second_clerk)
    db.session.rollback()
    with changing(db.session):
        substitutes.end(db.session(), arrangement, by=user(office.clerk))
    office.second_clerk.does(f"/tasks/{task}/complete", {"answers": ACCEPT}, expects=403)
    assert task not in mine(office.second_clerk)


def test_a_deputy_who_loses_the_role_can_do_nothing_for_anybody(office: Office) -> None:
    _, task = claimed(office)
    is_away(office.clerk, office.second_clerk)
    db.session.rollback()
    with changing(db.session):
        for membership in list(user(office.second_clerk).memberships):
            db.session.delete(membership)
    answer = office.app.test_client().post(
        f"/api/v1/tasks/{task}/complete", json={"answers": ACCEPT}, headers=office.second_clerk.headers()
    )
    assert answer.status_code in (403, 404)


def test_a_deputy_with_another_role_than_the_task_asks_for_cannot_do_it(office: Office) -> None:
    """Whatever the table of arrangements says: the role is asked again at the act."""
    _, task = claimed(office)
    db.session.rollback()
    with changing(db.session):
        row = Substitute(
            user_id=office.clerk.id,
            deputy_id=office.director.id,
            first=date(2026, 3, 1),
            last=date(2026, 3, 9),
            created_at=clock.now(),
        )
        db.session.add(row)
    office.director.does(f"/tasks/{task}/complete", {"answers": ACCEPT}, expects=403)


def test_a_deputy_with_a_conflict_acts_for_nobody(either_office: Office) -> None:
    office = either_office
    case, task = claimed(office)
    is_away(office.clerk, office.second_clerk)
    office.relates(office.second_clerk, office.requesting)
    office.second_clerk.does(f"/tasks/{task}/complete", {"answers": ACCEPT}, expects=404)
    assert case.state == "requested"


def test_a_deputy_of_a_deputy_gains_nothing(office: Office) -> None:
    case = office.docketed()
    task = case.task("schedule_session", office.mediator)
    db.session.rollback()
    third = Person(office.second_clerk.client, "second_clerk", office.second_clerk.id, office.second_clerk.name)
    with changing(db.session):
        membership = user(office.second_clerk).memberships[0]
        membership.role = "mediator"
    is_away(office.mediator, office.second_mediator)
    is_away(office.second_mediator, third)
    assert task in mine(office.second_mediator)
    assert task not in mine(third)
    third.sees(f"/tasks/{task}", expects=404)


def test_a_mediators_deputy_holds_the_session(either_office: Office) -> None:
    office = either_office
    case = office.docketed()
    office.second_mediator.sees(f"/cases/{case.id}", expects=404)
    is_away(office.mediator, office.second_mediator)
    office.schedules(case, by=office.second_mediator)
    assert last_event(case).acting_for_id == office.mediator.id


def test_an_act_beside_the_main_line_says_for_whom_it_was_done(either_office: Office) -> None:
    office = either_office
    case = office.docketed()
    is_away(office.mediator, office.second_mediator)
    office.second_mediator.acts(case, "record_contact", on="2026-03-02", summary="已电话联系双方")
    event = last_event(case)
    assert (event.by_id, event.acting_for_id) == (office.second_mediator.id, office.mediator.id)


def test_a_conflict_bars_a_deputy_from_acts_beside_the_main_line_too(office: Office) -> None:
    case = office.docketed()
    is_away(office.mediator, office.second_mediator)
    office.relates(office.second_mediator, office.responding)
    contact = {"on": "2026-03-02", "summary": "已电话联系双方"}
    office.second_mediator.acts(case, "record_contact", expects=404, **contact)
    assert "parties_contacted" not in case.happened()


def test_a_deputy_who_looks_at_protected_values_does_so_for_the_absent_colleague(office: Office) -> None:
    case = office.docketed()
    is_away(office.mediator, office.second_mediator)
    party = case.party(office.responding.name)
    db.session.rollback()
    with changing(db.session):
        shown = desk.reveal(db.session(), case.id, party, "phone", reason="电话通知", by=user(office.second_mediator))
    assert shown == "13927310001"
    assert last_event(case).acting_for_id == office.mediator.id
