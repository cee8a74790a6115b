"""Whoever agreed to electronic service has a letter when it is there to be read, and nobody has to enter that."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.documents import letters
from app.jobs import documents
from app.models import Addressee, Deadline, Document, Event, Organization, Party, ServiceRecord, User, db
from app.services import serving
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PDF, Case, Office

SERVED = {"顺德美誉电器股份有限公司": "electronic", "中山市晨光小家电有限公司": "electronic"}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set no letter; what is in it does not matter here."""
    monkeypatch.setattr(letters, "render", lambda *_args, **_more: PDF)


def paper(case: Case, kind: str) -> Document:
    db.session.rollback()
    rows = select(Document).where(Document.case_id == case.id, Document.kind == kind).order_by(Document.place.desc())
    return db.session.scalars(rows).first()  # type: ignore[return-value]


def made(case: Case, kind: str) -> bool:
    """Let the job make the last paper of that kind."""
    return documents.do(db.session(), paper(case, kind).id)


def served(case: Case, kind: str) -> dict[str, str]:
    """Return on whom, and how, the last paper of that kind was served by the system."""
    rows = select(ServiceRecord).where(ServiceRecord.document_id == paper(case, kind).id, ServiceRecord.by_id.is_(None))
    records = db.session.scalars(rows).all()
    assert len(records) == len({r.party_id for r in records})
    return {r.party.name: r.method for r in records}


def windows(case: Case) -> list[tuple[str, str]]:
    """Return from when and until when each party may ask that the mediator step aside."""
    db.session.rollback()
    rows = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == "recusal.request").order_by(Deadline.id)
    return [(d.start_on.isoformat(), d.due_on.isoformat()) for d in db.session.scalars(rows)]


def test_a_letter_has_arrived_on_the_day_on_which_it_can_be_read(either_office: Office, today: Today) -> None:
    case = either_office.docketed()
    assert (served(case, "mediator_notice"), windows(case)) == ({}, [])
    today.moves(days=1)  # the job did not run yesterday
    assert made(case, "mediator_notice")
    assert served(case, "mediator_notice") == SERVED
    assert [start for start, _ in windows(case)] == ["2026-03-03", "2026-03-03"]
    rows = select(Addressee.served_on).where(Addressee.document_id == paper(case, "mediator_notice").id)
    assert {day.isoformat() for day in db.session.scalars(rows) if day} == {"2026-03-03"}


def test_it_is_on_record_as_if_an_official_had_entered_it(office: Office) -> None:
    case = office.docketed()
    receipts = case.documents().count("service_receipt")
    made(case, "mediator_notice")
    events = select(Event).where(Event.case_id == case.id, Event.kind == "document_served").order_by(Event.seq.desc())
    last = db.session.scalars(events).first()
    assert last is not None and last.by_id is None
    assert (last.data["method"], last.data["on"]) == ("electronic", "2026-03-02")
    assert case.documents().count("service_receipt") == receipts + 2
    assert made(case, "service_receipt")  # its template has all that it needs


def test_an_official_is_left_with_those_who_did_not_agree(either_office: Office) -> None:
    case = either_office.docketed(e_service=False)
    made(case, "mediation_docket_notice")
    assert served(case, "mediation_docket_notice") == {"中山市晨光小家电有限公司": "electronic"}


@pytest.mark.parametrize("why", ["the account is closed", "nobody knows whose account it is", "it has left"])
def test_whoever_cannot_read_it_in_the_system_has_not_received_it(either_office: Office, why: str) -> None:
    case = either_office.docketed()
    with changing(db.session):
        party = db.session.get_one(Party, case.party(either_office.responding.name))
        if why == "the account is closed":
            db.session.get_one(User, either_office.respondent.id).active = False
        elif why == "nobody knows whose account it is":
            db.session.get_one(Organization, either_office.responding.id).verified = False
        else:
            party.left_at = paper(case, "statement_notice").made_at
    made(case, "mediator_notice")
    assert served(case, "mediator_notice") == {"顺德美誉电器股份有限公司": "electronic"}


def test_an_agreement_never_goes_by_itself_and_neither_does_what_a_step_serves(office: Office) -> None:
    case = office.confirmed()
    with changing(db.session):
        for party in db.session.scalars(select(Party).where(Party.case_id == case.id)):
            party.e_service_consent = True
    office.director.answers(case, "issue_agreement", issued=True)
    made(case, "mediation_agreement")
    assert served(case, "mediation_agreement") == {}
    another = office.accepted()
    with changing(db.session):
        db.session.get_one(Party, another.party(office.responding.name)).e_service_consent = True
    made(another, "statement_notice")
    assert served(another, "statement_notice") == {}
    office.clerk.answers(another, "serve_request", records=[office.record(another, office.responding)], give_up=False)
    assert another.state == "awaiting_statement"


def test_two_who_make_the_same_letter_serve_it_once(either_office: Office) -> None:
    case = either_office.docketed()
    notice, session = paper(case, "mediator_notice").id, db.session()
    for _ in range(2):  # both have set it, before either kept it
        with changing(session):
            serving.keep_and_serve(session, notice, PDF, 1)
    assert made(case, "mediator_notice") is False
    assert served(case, "mediator_notice") == SERVED
    assert len(windows(case)) == 2


def test_what_breaks_on_the_way_has_neither_made_nor_served_it_and_the_next_try_does_both(
    either_office: Office, monkeypatch: pytest.MonkeyPatch, today: Today
) -> None:
    case = either_office.docketed()

    def killed(*_args: object, **_more: object) -> None:
        raise RuntimeError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(serving, "register", killed)
        assert made(case, "mediator_notice") is False
    assert (paper(case, "mediator_notice").file_id, served(case, "mediator_notice")) == (None, {})
    assert made(case, "mediator_notice")
    assert served(case, "mediator_notice") == SERVED


def test_what_was_served_by_hand_is_left_alone(office: Office) -> None:
    case = office.docketed()
    notice = paper(case, "mediator_notice")
    with changing(db.session):  # as an installation from before a letter had to be made first may have it
        party = case.party(office.requesting.name)
        db.session.get_one(Addressee, (notice.id, party)).served_on = notice.made_on
    made(case, "mediator_notice")
    assert served(case, "mediator_notice") == {"中山市晨光小家电有限公司": "electronic"}


def test_no_window_opens_in_a_case_that_is_over(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "withdraw", reason="已另行协商")
    made(case, "mediator_notice")
    assert served(case, "mediator_notice") == SERVED
    assert windows(case) == []
