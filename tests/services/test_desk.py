"""Small things at the desk of a case: remarks, following, a look at what is protected."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.errors import NotAllowed, NotFound
from app.models import Case as CaseRow
from app.models import Event, Follow, Note, User, db
from app.services import desk
from app.services.changing import changing
from tests.flows.office import Case, Office, Person


def user(person: Person) -> User:
    return db.session.get_one(User, person.id)


def row(case: Case) -> CaseRow:
    db.session.rollback()
    return db.session.get_one(CaseRow, case.id)


def notes(case: Case, person: Person, text: str = "对方代理人来电") -> None:
    found = row(case)
    with changing(db.session):
        desk.add_note(db.session(), found, text=text, by=user(person))


def reveals(case: Case, person: Person, what: str = "phone", organization: str = "") -> str:
    party = case.party(organization or case.office.responding.name)
    db.session.rollback()
    with changing(db.session):
        return desk.reveal(db.session(), case.id, party, what, reason="电话通知调解时间", by=user(person))


def test_a_remark_is_for_those_who_handle_the_case(either_office: Office) -> None:
    case = either_office.docketed()
    for person in (either_office.clerk, either_office.mediator, either_office.director):
        notes(case, person)
    assert len(db.session.scalars(select(Note).where(Note.case_id == case.id)).all()) == 3


@pytest.mark.parametrize("who", ["requester", "respondent", "stranger", "second_mediator", "supervisor", "admin"])
def test_nobody_else_writes_remarks_or_looks_at_what_is_protected(office: Office, who: str) -> None:
    case = office.docketed()
    person = getattr(office, who)
    with pytest.raises(NotAllowed):
        notes(case, person)
    with pytest.raises(NotAllowed):
        reveals(case, person)
    assert "protected_shown" not in case.happened()


def test_a_look_at_a_phone_number_stays_in_the_history_with_its_reason_and_without_the_number(
    either_office: Office,
) -> None:
    case = either_office.docketed()
    assert reveals(case, either_office.mediator) == "13927310001"
    rows = select(Event).where(Event.case_id == case.id, Event.kind == "protected_shown")
    event = db.session.scalars(rows).one()
    assert (event.by_id, event.data["reason"]) == (either_office.mediator.id, "电话通知调解时间")
    assert "13927310001" not in str(event.data)
    assert "protected_shown" not in [e["kind"] for e in case.seen_by(either_office.respondent)["events"]]


def test_only_what_is_known_to_be_protected_is_shown_and_only_of_a_party(office: Office) -> None:
    case = office.docketed()
    with pytest.raises(NotFound):
        reveals(case, office.clerk, what="password_hash")
    db.session.rollback()
    with pytest.raises(NotFound), changing(db.session):
        desk.reveal(db.session(), case.id, 10**6, "phone", reason="…", by=user(office.clerk))
    assert reveals(case, office.clerk, what="resident_id") == ""


def test_who_follows_a_case_twice_no_longer_follows_it(either_office: Office) -> None:
    case = either_office.docketed()
    following = []
    for _ in range(3):
        found = row(case)
        with changing(db.session):
            following.append(desk.toggle_follow(db.session(), found, by=user(either_office.supervisor)))
    assert following == [True, False, True]
    assert len(db.session.scalars(select(Follow)).all()) == 1
