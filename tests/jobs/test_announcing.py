from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app import clock, notifications
from app.domain.roles import Role
from app.jobs import announcing
from app.models import DeclaredRelation, Incident, Membership, MessageOutbox, Substitute, Task, User, db
from app.queries import messages
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office, Person
from tests.jobs.conftest import work


def told(channel: str = "in_app") -> list[str]:
    """Return who was told that a task waits, by user name."""
    db.session.rollback()
    rows = select(User.username).join(MessageOutbox, MessageOutbox.user_id == User.id)
    return sorted(
        db.session.scalars(rows.where(MessageOutbox.kind == "task_waiting", MessageOutbox.channel == channel))
    )


def away(person: Person, deputy: Person) -> Substitute:
    today = clock.today()
    last = today + timedelta(days=2)
    return Substitute(user_id=person.id, deputy_id=deputy.id, first=today, last=last, created_at=clock.now())


def unread(person: Person) -> int:
    db.session.rollback()
    user = db.session.get_one(User, person.id)
    shown = [m for m in messages.page(db.session(), user, None).items if m.kind == "task_waiting"]
    assert messages.unread(db.session(), user) >= len(shown)
    return len(shown)


def test_a_queue_hears_once_of_a_new_task_within_the_product_only(either_office: Office) -> None:
    case = either_office.files()
    assert told() == []
    for _ in range(2):
        work(either_office)
    assert told() == ["clerk", "second_clerk"]
    assert told("email") == told("sms") == []
    links = set(db.session.scalars(select(MessageOutbox.link).where(MessageOutbox.kind == "task_waiting")))
    assert links == {f"/tasks/{case.task('formality_check', either_office.clerk)}"}


def test_who_asked_for_it_hears_by_e_mail_too(office: Office, mailbox: notifications.NullMailer) -> None:
    with changing(db.session):
        chosen = {"channels": ["in_app", "email", "sms", "queue_email"], "phone": "13800138000"}
        db.session.execute(update(User).where(User.id == office.clerk.id).values(**chosen))
    office.files()
    work(office)
    assert (told(), told("email"), told("sms")) == (["clerk", "second_clerk"], ["clerk"], [])
    assert [m.to for m in mailbox.sent if "待认领" in m.subject] == ["clerk@example.cn"]


def test_who_opened_the_task_is_not_told_of_it(office: Office) -> None:
    office.accepted()  # the clerk has accepted, and the request is to be served
    work(office)
    assert told() == ["second_clerk"]


@pytest.mark.parametrize("why", ["left", "declared"])
def test_who_must_not_or_cannot_take_it_is_not_told(office: Office, why: str) -> None:
    if why == "left":
        with changing(db.session):
            db.session.execute(update(User).where(User.id == office.clerk.id).values(active=False))
    else:
        about = {"organization_id": office.responding.id, "nature": "股东", "declared_at": clock.now()}
        office.adds(DeclaredRelation(user_id=office.clerk.id, **about))
    office.files()
    work(office)
    assert told() == ["second_clerk"]


def test_for_somebody_on_leave_their_deputy_is_told_once_if_they_may(office: Office) -> None:
    office.adds(away(office.clerk, office.second_clerk), away(office.second_clerk, office.director))
    office.files()
    work(office)
    assert told() == []  # one deputy is away, the other no clerk
    with changing(db.session):
        db.session.execute(delete(Substitute).where(Substitute.user_id == office.second_clerk.id))
    office.files()
    work(office)
    assert told() == ["second_clerk"]
    office.adds(Membership(user_id=office.director.id, role=Role.INTAKE_CLERK.value, unit_id=office.unit.id))
    office.adds(away(office.second_clerk, office.director))
    forget()
    office.files()
    work(office)
    assert told() == ["director"]


def forget() -> None:
    with changing(db.session):
        db.session.execute(delete(MessageOutbox))


def test_a_task_that_is_taken_no_longer_waits_for_anybody_until_it_is_put_back(either_office: Office) -> None:
    office = either_office
    case = office.files()
    work(office)
    task = case.task("formality_check", office.clerk)
    assert (unread(office.clerk), unread(office.second_clerk)) == (1, 1)
    office.clerk.does(f"/tasks/{task}/claim")
    assert (unread(office.clerk), unread(office.second_clerk)) == (0, 0)
    office.clerk.does(f"/tasks/{task}/release", {"reason": "休假"})
    work(office)
    assert (unread(office.clerk), unread(office.second_clerk)) == (1, 1)
    office.second_clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert unread(office.clerk) == 0


def test_a_task_that_is_taken_before_the_job_comes_is_not_announced(office: Office) -> None:
    case: Case = office.files()
    office.clerk.does(f"/tasks/{case.task('formality_check', office.clerk)}/claim")
    work(office)
    assert told() == []


def test_an_announcement_that_breaks_is_an_incident_and_is_made_later(
    office: Office, today: Today, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.files()
    with monkeypatch.context() as patch:

        def breaks(*_: object) -> list[int]:
            raise LookupError("no")

        patch.setattr(announcing, "who_could_take", breaks)
        work(office)
    assert told() == []
    assert db.session.scalars(select(Incident.what)).all() == ["announce"]
    today.moves(minutes=2)
    work(office)
    assert told() == ["clerk", "second_clerk"]
    assert db.session.scalars(select(Incident.settled_how)).all() == ["retried"]
    assert db.session.scalars(select(Task.id).where(Task.announce_at.is_not(None))).all() == []
