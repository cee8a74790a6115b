"""What breaks: an act is whole or has not happened, what it leads to may wait, and an administrator finishes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from app import notifications
from app.documents import store
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.jobs import outbox, run_due
from app.models import Case as CaseRow
from app.models import Document, Incident, MessageOutbox, StoredFile, User, db
from app.services import acting, attempts
from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office, Person

ACCEPT = {"check": "accept", "points": POINTS}


def user(person: Person) -> User:
    db.session.rollback()
    return db.session.get_one(User, person.id)


def breaks(*_given: Any) -> Any:
    raise ZeroDivisionError("a step that does not work")


@pytest.fixture
def broken(either_office: Office, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, Case, Incident]:
    """Return a case whose formality check broke while the clerk did it; the step is whole again."""
    case = either_office.files()
    with monkeypatch.context() as patch:
        patch.setitem(acting.STEPS, "formality_check", breaks)
        either_office.clerk.answers(case, "formality_check", expects=500, **ACCEPT)
    return either_office, case, incident()


def incident() -> Incident:
    db.session.rollback()
    return db.session.scalars(select(Incident)).one()


def test_an_incident_keeps_the_act_whole(broken: tuple[Office, Case, Incident]) -> None:
    office, case, found = broken
    task = case.task("formality_check", office.clerk)
    assert (found.what, found.case_id, found.by_id, found.tries) == ("complete", case.id, office.clerk.id, 1)
    assert found.attempt["args"][0] == task
    assert found.attempt["args"][1]["check"] == "accept"
    assert "a step that does not work" in found.error
    assert found.settled_at is None


def test_a_retry_is_done_in_the_name_of_who_tried_first(broken: tuple[Office, Case, Incident]) -> None:
    office, case, found = broken
    attempts.retry(db.session(), found.id, by=user(office.admin))
    assert case.state == "serving"
    accepted = [e for e in case.seen_by(office.clerk)["events"] if e["kind"] == "request_accepted"]
    assert [e["by"] for e in accepted] == [office.clerk.name]
    assert (incident().settled_how, incident().settled_by_id) == ("retried", office.admin.id)


def test_what_somebody_has_done_meanwhile_is_overtaken(broken: tuple[Office, Case, Incident]) -> None:
    office, case, found = broken
    office.second_clerk.answers(case, "formality_check", **ACCEPT)
    attempts.retry(db.session(), found.id, by=user(office.admin))
    assert incident().settled_how == "overtaken"
    assert case.happened().count("request_accepted") == 1


def test_a_settled_incident_is_not_tried_again(broken: tuple[Office, Case, Incident]) -> None:
    office, _, found = broken
    attempts.retry(db.session(), found.id, by=user(office.admin))
    with pytest.raises(Stale):
        attempts.retry(db.session(), found.id, by=user(office.admin))


def test_only_an_administrator_retries_and_only_what_is_there(broken: tuple[Office, Case, Incident]) -> None:
    office, case, found = broken
    for person in (office.clerk, office.director, office.requester):
        with pytest.raises(NotAllowed):
            attempts.retry(db.session(), found.id, by=user(person))
    with pytest.raises(NotFound):
        attempts.retry(db.session(), 10**6, by=user(office.admin))
    assert case.state == "requested"


def test_a_retry_asks_the_rules_again(broken: tuple[Office, Case, Incident]) -> None:
    office, case, found = broken
    for membership in list(user(office.clerk).memberships):
        db.session.delete(membership)
    db.session.commit()
    with pytest.raises(NotAllowed):
        attempts.retry(db.session(), found.id, by=user(office.admin))
    assert incident().settled_at is None
    assert case.seen_by(office.second_clerk)["state"] == "requested"


def test_what_breaks_again_is_counted_and_stays(
    broken: tuple[Office, Case, Incident], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, case, found = broken
    monkeypatch.setitem(acting.STEPS, "formality_check", breaks)
    with pytest.raises(attempts.Failed) as failed:
        attempts.retry(db.session(), found.id, by=user(office.admin))
    assert failed.value.reference == found.reference
    assert (incident().tries, incident().settled_at) == (2, None)
    assert case.state == "requested"


def test_a_refusal_is_no_incident(office: Office) -> None:
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    with pytest.raises(RuleBroken):
        attempts.carry_out(db.session(), "act", case.id, "extend_closing", {"reason": "…"}, by=user(office.director))
    assert db.session.scalars(select(Incident)).all() == []


def test_a_filing_that_breaks_takes_no_number_and_can_be_retried(
    either_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = either_office
    answers = office.request()
    with monkeypatch.context() as patch:
        patch.setitem(acting.STARTS, "mediation", breaks)
        office.requester.does("/cases", {"process": "mediation", "answers": answers}, expects=500)
    attempts.retry(db.session(), incident().id, by=user(office.admin))
    numbers = db.session.scalars(select(CaseRow.number)).all()
    assert numbers == ["佛知快调〔2026〕1号"]


@pytest.mark.parametrize("key", ["", "k-2"])
def test_a_filing_that_broke_and_was_sent_again_is_overtaken(
    either_office: Office, monkeypatch: pytest.MonkeyPatch, today: Today, key: str
) -> None:
    office = either_office
    with monkeypatch.context() as patch:
        patch.setitem(acting.STARTS, "mediation", breaks)
        office.files(expects=500)
    today.moves(days=1)
    again = {"process": "mediation", "answers": office.request()}  # with the file uploaded anew
    headers = {**office.requester.headers(), "Idempotency-Key": key}
    assert office.app.test_client().post("/api/v1/cases", json=again, headers=headers).status_code == 201
    attempts.retry(db.session(), incident().id, by=user(office.admin))
    assert incident().settled_how == "overtaken"
    assert len(db.session.scalars(select(CaseRow.id)).all()) == 1


# -- the mail server is down -------------------------------------------------------------------------------------------


class DeadServer:
    """A mail server that nobody answers for."""

    def send(self, _mail: Any) -> None:
        raise ConnectionRefusedError("nobody answers")


@pytest.fixture
def no_mail() -> Iterator[None]:
    notifications.use(DeadServer())
    outbox._mail_rests_until = None
    yield
    notifications.use(None)
    outbox._mail_rests_until = None


def test_a_dead_mail_server_stops_no_act(either_office: Office, no_mail: None) -> None:
    office = either_office
    case = office.served()
    run_due(db.session(), office.app.config["PEIYOU"])
    office.respondent.answers(case, "statement", stance="consents", opinion="", e_service=True)
    run_due(db.session(), office.app.config["PEIYOU"])
    assert case.state == "docketing"
    waiting = select(func.count()).where(MessageOutbox.channel == "email", MessageOutbox.state == "waiting")
    assert (db.session.scalar(waiting) or 0) > 0
    in_app = select(MessageOutbox.state).where(MessageOutbox.channel == "in_app").distinct()
    assert db.session.scalars(in_app).all() == ["delivered"]


# -- the disk is full --------------------------------------------------------------------------------------------------


def test_a_full_disk_refuses_an_upload_in_words_and_leaves_the_act_alone(
    either_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = either_office
    answers = office.request()
    kept = files()

    def refuse(_content: bytes) -> store.Stored:
        raise store.StoreFailed("文件没有保存成功，请稍后再试")

    with monkeypatch.context() as patch:
        patch.setattr(store, "put", refuse)
        problem = office.requester.uploads(expects=422)
        case = office.requester.does("/cases", {"process": "mediation", "answers": answers}, expects=201)
        run_due(db.session(), office.app.config["PEIYOU"])
    assert "文件没有保存成功" in str(problem)
    assert (files(), case["state"]) == (kept, "requested")
    stuck = db.session.scalars(select(Incident).where(Incident.settled_at.is_(None))).all()
    assert {(i.what, i.case_id) for i in stuck} == {("render", case["id"])}
    for one in stuck:
        attempts.retry(db.session(), one.id, by=user(office.admin))
    db.session.rollback()
    unrendered = select(func.count()).where(Document.issued, Document.file_id.is_(None))
    assert db.session.scalar(unrendered) == 0


def files() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0
