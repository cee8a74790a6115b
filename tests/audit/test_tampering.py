"""Somebody with the database in hand: whatever they write into it is named, and the other cases are still checked."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select, text, update

from app import audit, clock
from app.audit import keeping
from app.jobs import casecheck, run_due
from app.models import Case as CaseRow
from app.models import CaseCounter, Deadline, Document, Incident, Submission, User, db
from app.services import calendars, cases
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PDF, POINTS, Case, Office
from tests.web.browser import Browser

EDITS = {
    "data that is no JSON": ("UPDATE event SET data = 'tampered' WHERE case_id = :case AND seq = 2", 2),
    "data of half a character": ("""UPDATE event SET data = '{"a":"\\ud800"}' WHERE case_id = :case AND seq = 2""", 2),
    "a time that is none": ("UPDATE event SET at = 'xx' WHERE case_id = :case AND seq = 3", 3),
    "a link that is cut before it": (
        (
            "UPDATE event SET data = 'x', previous = CASE seq WHEN 2 THEN 'y' ELSE previous END"
            " WHERE case_id = :case AND seq > 1"
        ),
        2,
    ),
    "a hash in Chinese": ("UPDATE event SET hash = '中' WHERE case_id = :case AND seq = 1", 1),
    "a seal in Chinese": ("UPDATE \"case\" SET event_seal = '中' WHERE id = :case", None),
    "another day of receipt": ("UPDATE \"case\" SET received_on = '2026-01-05' WHERE id = :case", None),
    "another regime": ("UPDATE \"case\" SET regime = 'order_81' || regime WHERE id = :case", None),
    "an end": ("UPDATE \"case\" SET closed_at = opened_at, outcome = 'agreed' WHERE id = :case", None),
    "no count": ('UPDATE "case" SET kept = NULL WHERE id = :case', None),
    "answers taken away": ("DELETE FROM submission WHERE case_id = :case", 0),
    "answers that cannot be read": ("UPDATE submission SET answers = 'x' WHERE case_id = :case", 0),
    "answers of somebody else": ("UPDATE submission SET by_id = by_id + 1 WHERE case_id = :case", 0),
    "another file": (
        "UPDATE stored_file SET sha256 = '00' WHERE id IN (SELECT file_id FROM document WHERE case_id = :case)",
        0,
    ),
    "another end of a period": (
        "UPDATE deadline SET due_on = date(due_on, '+30 days') WHERE case_id = :case AND rule = 'mediation.serve'",
        0,
    ),
    "a period that stands still": (
        "UPDATE deadline SET state = 'paused', wake_at = NULL WHERE case_id = :case AND rule = 'mediation.serve'",
        0,
    ),
    "a period taken away": ("DELETE FROM deadline WHERE case_id = :case AND rule = 'mediation.serve'", 0),
    "a period that was slipped in": (
        (
            "INSERT INTO deadline (case_id, rule, regime, start_on, due_on, warn_on, provisional, state, opened_at,"
            " reminded, kept) SELECT case_id, 'mediation.docket', regime, start_on, due_on, warn_on, 0, state, opened_at,"
            " '', 0 FROM deadline WHERE case_id = :case AND rule = 'mediation.serve'"
        ),
        0,
    ),
    "a period that is not counted": ("UPDATE deadline SET kept = 0 WHERE case_id = :case", 0),
    "a period that ends on no day": ("UPDATE deadline SET due_on = 'xx' WHERE case_id = :case", 0),
    "a day that is none": ("UPDATE \"case\" SET received_on = 'xx' WHERE id = :case", 0),
}


def edit(case: Case, statement: str) -> None:
    """Write past the product, as somebody with the file in hand can: no rule of the database holds them back."""
    db.session.rollback()
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute(statement, {"case": case.id})
        raw.execute("PRAGMA foreign_keys = ON")


def verified(office: Office) -> dict[str, object]:
    """Return what ``flask cases verify --all --json`` says."""
    db.session.remove()
    result = office.app.test_cli_runner().invoke(args=["cases", "verify", "--all", "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    found: dict[str, object] = json.loads(result.output)
    assert result.exit_code == (0 if found["ok"] else 1)
    return found


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_a_flaw_of_its_case_and_the_next_case_is_checked_too(office: Office, what: str) -> None:
    edited, other = office.files(), office.files()
    assert verified(office) == {"ok": True, "checked": 2, "flaws": []}
    statement, seq = EDITS[what]
    edit(edited, statement)
    edit(other, "UPDATE event SET kind = 'x' WHERE case_id = :case AND seq = 1")
    flaws = verified(office)["flaws"]
    assert isinstance(flaws, list)
    assert [flaw["case"] for flaw in flaws] == [edited.number, other.number]
    assert seq is None or flaws[0]["seq"] == seq


@pytest.mark.parametrize("what", EDITS)
def test_the_administrators_page_names_it(office: Office, what: str) -> None:
    case = office.files()
    edit(case, EDITS[what][0])
    browser = Browser(office.app)
    browser.logs_in("admin")
    page = browser.posts("/administration/audit", expects=200)
    assert page.status_code == 200
    assert case.number in page.text


@pytest.mark.parametrize("history", ["with its history", "and its history is left"])
def test_a_case_that_was_taken_away_is_missed(office: Office, history: str) -> None:
    first, taken, _last = office.files(), office.files(), office.files()
    if history == "with its history":
        edit(taken, "DELETE FROM event WHERE case_id = :case")
    edit(taken, 'DELETE FROM "case" WHERE id = :case')
    assert verified(office)["flaws"] == [{"case": taken.number, "seq": 0, "what": "登记簿中缺少这一案号"}]
    edit(first, 'DELETE FROM "case" WHERE id > 0')
    flaws = verified(office)["flaws"]
    assert isinstance(flaws, list)
    assert len(flaws) == 3


def test_the_nightly_look_tells_an_administrator_of_a_missing_case(office: Office) -> None:
    taken, _other = office.files(), office.files()
    edit(taken, 'DELETE FROM "case" WHERE id = :case')
    assert casecheck.verify(db.session()) == {"cases": 1, "flaws": 1}
    [error] = db.session.scalars(db.select(Incident.error).where(Incident.what == "register"))
    assert taken.number in error


LAST = """UPDATE case_counter SET last = last - 1, sealed = sealed - 1; DELETE FROM "case" WHERE id = {id}"""


def take_the_last_case(office: Office, more: str = "") -> None:
    """Take the last of two cases away and set the counters back."""
    office.files()
    last = office.files()
    for statement in (LAST.format(id=last.id) + more).split(";"):
        edit(last, statement)


def found_in_the_register() -> list[str]:
    """Return what does not fit in the register."""
    db.session.rollback()
    return [one.flaw.what for one in audit.verify_register(db.session())]


def test_a_counter_that_was_set_back_with_its_last_case_does_not_fit(office: Office) -> None:
    take_the_last_case(office)
    flaws = verified(office)["flaws"]
    assert isinstance(flaws, list)
    assert [flaw["what"] for flaw in flaws] == ["案号登记与封存值不符，最后的案号可能已被删除"] * 2


def test_a_number_given_out_a_second_time_does_not_hide_that(office: Office) -> None:
    take_the_last_case(office)
    cases.next_numbers(db.session(), "mediation", clock.today())
    found = audit.verify_register(db.session())
    assert "mediation 2026" in [one.number for one in found if "封存值不符" in one.flaw.what]


def test_a_counter_that_was_taken_away_with_all_its_cases_is_missed(office: Office) -> None:
    take_the_last_case(
        office, """; DELETE FROM "case" WHERE id > 0; DELETE FROM case_counter WHERE kind = 'mediation'"""
    )
    assert "案号与受理号的数目不一致" in found_in_the_register()


def test_counters_that_were_all_taken_away_are_missed_while_there_are_cases(office: Office) -> None:
    take_the_last_case(office, "; DELETE FROM case_counter")
    assert "案号登记已被删除" in found_in_the_register()


def test_numbers_given_out_before_there_was_a_chain_are_chained_with_the_next_one(office: Office) -> None:
    edit(office.files(), "UPDATE case_counter SET sealed = 0, seal = ''")
    assert found_in_the_register() == []
    office.files()
    assert found_in_the_register() == []
    assert db.session.scalars(db.select(CaseCounter.sealed)).all() == [2, 2]


def test_the_last_case_is_missed_too_and_a_statement_can_be_read(office: Office) -> None:
    office.files()
    last = office.files()
    edit(last, 'DELETE FROM "case" WHERE id = :case')
    db.session.remove()
    result = office.app.test_cli_runner().invoke(args=["cases", "verify", "--all"])
    assert result.output == f"{last.number}：登记簿中缺少这一案号\n"
    assert db.session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_case_fits_its_seal_to_its_end_with_every_letter_set(either_office: Office) -> None:
    case = either_office.docketed()
    assert run_due(db.session(), either_office.app.config["PEIYOU"])
    either_office.requester.acts(case, "withdraw", reason="已另行协商")
    run_due(db.session(), either_office.app.config["PEIYOU"])
    db.session.expire_all()
    row = db.session.get_one(CaseRow, case.id)
    assert row.outcome == "withdrawn" and audit.verify(db.session(), row) is None
    letter = select(Document).where(Document.case_id == case.id, Document.issued)
    file = db.session.scalars(letter).first().file  # type: ignore[union-attr]
    assert file is not None
    file.sha256 = "00"
    assert audit.verify(db.session(), row) == audit.Flaw(0, "填报内容、材料、期限或者送达记录与写入时不一致")


def test_a_case_from_before_there_was_a_count_is_counted_when_something_comes_in(either_office: Office) -> None:
    case, session = either_office.files(), db.session()
    row = session.get_one(CaseRow, case.id)
    row.kept = None
    audit.set_seal(row)
    session.commit()
    assert audit.verify(session, row) is None
    either_office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    session.expire_all()
    row = session.get_one(CaseRow, case.id)
    assert row.kept and audit.verify(session, row) is None
    session.delete(session.scalars(select(Submission).where(Submission.case_id == case.id)).first())
    assert audit.verify(session, row) == audit.Flaw(0, "填报内容、材料、期限或者送达记录与写入时不一致")


OF_A_SERVICE = {
    "another proof": "UPDATE service_record SET proof_file_id = (SELECT max(id) FROM stored_file) WHERE case_id = :case",
    "no proof": "UPDATE service_record SET proof_file_id = NULL WHERE case_id = :case",
    "other bytes": (
        "UPDATE stored_file SET sha256 = '00'"
        " WHERE id IN (SELECT proof_file_id FROM service_record WHERE case_id = :case)"
    ),
    "another day": "UPDATE service_record SET received_on = '2026-03-01', sent_on = '2026-03-01' WHERE case_id = :case",
    "slipped in": (
        "INSERT INTO service_record (case_id, document_id, party_id, method, sent_on, result, receiver, note, at, kept)"
        " SELECT case_id, document_id, party_id, 'post', sent_on, 'failed', '', '', at, 0 FROM service_record"
        " WHERE case_id = :case"
    ),
    "not counted": "UPDATE service_record SET kept = 0 WHERE case_id = :case",
    "taken away": "DELETE FROM service_record WHERE case_id = :case",
}


@pytest.mark.parametrize("what", OF_A_SERVICE)
def test_how_a_paper_was_served_is_under_the_seal_with_its_proof(office: Office, what: str) -> None:
    case = office.accepted()
    record = office.record(
        case, office.responding, proof=[office.clerk.uploads("回证.pdf", PDF.replace(b"595", b"596"))]
    )
    office.clerk.answers(case, "serve_request", records=[record], give_up=False)
    office.clerk.uploads("别的.pdf")
    assert verified(office)["ok"]
    edit(case, OF_A_SERVICE[what])
    flaws = verified(office)["flaws"]
    assert isinstance(flaws, list)
    assert [flaw["case"] for flaw in flaws] == [case.number]


def test_the_seal_follows_every_lawful_change_of_a_period(either_office: Office, today: Today) -> None:
    office, session = either_office, db.session()

    def fits(case: Case) -> bool:
        session.expire_all()
        return audit.verify(session, session.get_one(CaseRow, case.id)) is None

    case = office.docketed(dispute_kind="ownership", standing="claimant")
    assert fits(case)  # paused and resumed on the way
    case.has_made("mediator_notice")  # served by the system: periods begin
    assert fits(case)
    office.director.acts(case, "extend_closing", reason="案情复杂")
    assert fits(case)
    day = date.fromisoformat(case.due("mediation.ownership_close"))
    admin = session.get_one(User, office.admin.id)
    with changing(session):
        calendars.change(session, [(day, False)], reason="停电", by=admin)
    assert case.due("mediation.ownership_close") > day.isoformat()
    assert fits(case)
    office.let_pass(today, 20)  # reminders, lapses, what stands still
    assert fits(case)
    office.requester.acts(case, "withdraw", reason="已另行协商")
    assert fits(case)


def test_a_period_from_before_it_was_sealed_comes_under_the_seal_when_it_changes(either_office: Office) -> None:
    case, session = either_office.files(), db.session()
    row = session.get_one(CaseRow, case.id)
    number = row.kept
    session.execute(update(Deadline).where(Deadline.case_id == case.id).values(kept=False))
    row.kept = keeping.counted(session, row)
    audit.set_seal(row)
    session.commit()
    assert row.kept != number and audit.verify(session, row) is None
    either_office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    session.expire_all()
    assert audit.verify(session, session.get_one(CaseRow, case.id)) is None
    period = session.scalars(select(Deadline).where(Deadline.case_id == case.id, Deadline.kept)).first()
    assert period is not None
    session.execute(update(Deadline).where(Deadline.id == period.id).values(due_on=date(2026, 12, 31)))
    assert audit.verify(session, session.get_one(CaseRow, case.id)) is not None
