"""Due dates to the day around holidays, the two regimes, and what a change of the calendar does to what runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.domain.errors import NotAllowed, RuleBroken
from app.models import CalendarChange, CalendarDay, Deadline, Event, MessageOutbox, Task, User, db
from app.models import Case as CaseRow
from app.queries import cases
from app.queries.cases import locked
from app.services import calendars
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import Case, Office, Person

# 2026: 15-23 February off, 14 and 28 February (Saturdays) worked; 1-7 October off, 10 October (Saturday) worked.


def at_ten(today: Today, day: str) -> None:
    today.is_at(f"{day} 10:00")


def consents(office: Office, case: Case) -> None:
    office.respondent.answers(case, "statement", stance="consents", opinion="", e_service=False)


def declines(office: Office, case: Case) -> None:
    office.respondent.answers(case, "statement", stance="declines", opinion="不侵权", e_service=False)


# -- to the day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-28", "2026-10-10"),  # 29, 30 September, 8, 9 October, and the Saturday that is worked
        ("2026-02-11", "2026-02-25"),  # 12, 13, the Saturday 14 February, 24, 25
        ("2026-03-02", "2026-03-09"),
    ],
)
def test_five_working_days_to_serve_the_request(office: Office, today: Today, received: str, due: str) -> None:
    at_ten(today, received)
    assert office.accepted().due("mediation.serve") == due


@pytest.mark.parametrize(
    ("served", "due"),
    [
        ("2026-09-21", "2026-10-08"),  # 6 October is off: on to the 8th
        ("2026-09-24", "2026-10-09"),
        ("2026-09-25", "2026-10-10"),  # a Saturday, but one that is worked
        ("2026-02-02", "2026-02-24"),  # 17 February is the Spring Festival
        ("2026-02-13", "2026-02-28"),  # a Saturday that is worked
    ],
)
def test_fifteen_days_for_a_statement_end_on_a_working_day(office: Office, today: Today, served: str, due: str) -> None:
    at_ten(today, served)
    assert office.served().due("mediation.statement") == due


def test_five_working_days_to_docket_from_the_day_the_consent_came(office: Office, today: Today) -> None:
    at_ten(today, "2026-09-28")
    case = office.served()
    at_ten(today, "2026-09-29")
    consents(office, case)
    assert case.due("mediation.docket") == "2026-10-12"  # 30, 8, 9, 10, 12


def test_five_working_days_to_say_that_it_is_not_docketed(office: Office, today: Today) -> None:
    at_ten(today, "2026-02-12")
    case = office.served()
    at_ten(today, "2026-02-13")
    declines(office, case)
    assert case.due("mediation.refuse") == "2026-02-27"  # 14, 24, 25, 26, 27


@pytest.mark.parametrize(
    ("docketed", "due", "extended"),
    [
        ("2026-08-03", "2026-10-08", "2026-11-03"),  # two months end in the holidays, three do not
        ("2025-12-31", "2026-02-28", "2026-03-31"),  # February has no 31st
        ("2026-12-31", "2027-03-01", "2027-03-31"),  # 28 February 2027 is a Sunday
    ],
)
def test_two_months_for_an_ownership_dispute_and_one_more(
    office: Office, today: Today, docketed: str, due: str, extended: str
) -> None:
    at_ten(today, docketed)
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    assert case.due("mediation.ownership_close") == due
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    assert case.due("mediation.ownership_close") == extended


def test_thirty_days_for_judicial_confirmation_run_from_the_service_on_the_last_party(
    office: Office, today: Today
) -> None:
    at_ten(today, "2026-09-01")
    case = office.agreed()
    office.drafts(case)
    for person in (office.requester, office.respondent):
        person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
    office.director.answers(case, "issue_agreement", issued=True)
    at_ten(today, "2026-09-04")
    first = office.record(case, office.requesting, method="direct", sent_on="2026-09-01", received_on="2026-09-01")
    last = office.record(case, office.responding, method="direct", sent_on="2026-09-01", received_on="2026-09-02")
    office.clerk.answers(case, "serve_agreement", records=[first, last])
    assert case.due("confirmation.apply") == "2026-10-08"  # 2 October is off


def test_the_fast_track_counts_working_days_from_acceptance(office: Office, today: Today) -> None:
    at_ten(today, "2026-09-28")
    case = office.consented()
    targets = [case.due(rule) for rule in ("fast.contact", "fast.first_session", "fast.finish")]
    assert targets == ["2026-10-08", "2026-10-10", "2026-10-23"]


def test_a_request_of_the_last_day_before_the_holidays_is_looked_at_on_the_first_day_after(
    office: Office, today: Today
) -> None:
    at_ten(today, "2026-09-30")
    assert office.files().due("fast.triage") == "2026-10-08"


def test_three_working_days_to_decide_on_a_recusal(office: Office, today: Today) -> None:
    at_ten(today, "2026-09-29")
    case = office.docketed()
    office.requester.acts(case, "recuse", ground="interest", reason="调解员曾任职于对方公司")
    assert case.due("recusal.decision") == "2026-10-09"  # 30, 8, 9


# -- the two regimes ---------------------------------------------------------------------------------------------------


def periods(case: Case) -> dict[str, str]:
    """Return the regime of each period of the case."""
    db.session.rollback()
    return {d.rule: d.regime for d in db.session.scalars(select(Deadline).where(Deadline.case_id == case.id))}


def test_a_request_of_31_january_2025_follows_the_old_text_to_its_end(either_office: Office, today: Today) -> None:
    at_ten(today, "2025-01-31")
    case = either_office.files(dispute_kind="ownership", standing="claimant")
    at_ten(today, "2025-02-10")
    found = periods(goes_on(either_office, case))
    assert set(found.values()) == {"order71"}
    assert "mediation.ownership_close" not in found  # the old text names no end for ownership disputes
    either_office.director.acts(case, "extend_closing", expects=422, reason="案情特别复杂")


def test_a_request_of_1_february_2025_follows_the_new_text(either_office: Office, today: Today) -> None:
    at_ten(today, "2025-02-01")
    case = either_office.files(dispute_kind="ownership", standing="claimant")
    at_ten(today, "2025-02-10")
    found = periods(goes_on(either_office, case))
    assert set(found.values()) == {"order81"}
    assert {"mediation.ownership_close", "mediation.serve", "mediation.statement", "mediation.docket"} <= set(found)


def goes_on(office: Office, case: Case) -> Case:
    """Let a request be accepted, served, answered and docketed today."""
    points = ["standing", "respondent", "claims", "jurisdiction", "no_suit"]
    office.clerk.answers(case, "formality_check", check="accept", points=points)
    office.clerk.answers(case, "serve_request", records=[office.record(case, office.responding)], give_up=False)
    consents(office, case)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    return case


@pytest.mark.parametrize(("received", "exists"), [("2025-01-31", False), ("2025-02-01", True)])
def test_only_the_new_text_ends_an_ownership_mediation_after_two_months(
    office: Office, today: Today, received: str, exists: bool
) -> None:
    at_ten(today, received)
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    assert ("mediation.ownership_close" in periods(case)) is exists


# -- the calendar changes ----------------------------------------------------------------------------------------------


def enters(office: Office, days: dict[str, bool | None], by: Person | None = None) -> CalendarChange:
    """Let the administrator decide days of the calendar."""
    db.session.rollback()
    person = db.session.get_one(User, (by or office.admin).id)
    with changing(db.session):
        given = [(date.fromisoformat(day), working) for day, working in days.items()]
        return calendars.change(db.session(), given, reason="台风停工", by=person)


def moved_events(case: Case) -> list[dict[str, str]]:
    rows = select(Event.data).where(Event.case_id == case.id, Event.kind == "deadline_moved")
    return list(db.session.scalars(rows))


def test_a_day_that_turns_into_a_day_off_moves_what_runs_and_says_so(either_office: Office) -> None:
    office = either_office
    case = office.consented()
    change = enters(office, {"2026-03-09": False})
    assert case.due("mediation.docket") == "2026-03-10"
    [task] = db.session.scalars(select(Task).where(Task.case_id == case.id, Task.state == "open"))
    assert (task.due_on, task.due_sort) == (date(2026, 3, 10), date(2026, 3, 10))
    line = {"case": case.number, "rule": "mediation.docket", "was": "2026-03-09", "due": "2026-03-10"}
    assert line in change.moved
    [event] = [e for e in moved_events(case) if e["rule"] == "mediation.docket"]
    assert (event["was"], event["due"]) == ("2026-03-09", "2026-03-10")


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(MessageOutbox.user_id).where(MessageOutbox.kind == kind)))


def test_those_concerned_are_told_and_nobody_else(office: Office) -> None:
    office.consented()
    enters(office, {"2026-03-09": False})
    assert {office.requester.id, office.respondent.id} == told("calendar_moved")


def test_who_is_named_in_a_request_that_is_not_accepted_hears_nothing(office: Office) -> None:
    case = office.files(co_requesters=[office.entry(office.elsewhere)])
    office.clerk.answers(case, "formality_check", check="correct", points=["claims"], items=["缺页"], days=5)
    case.has_made("correction_notice")
    change = enters(office, {"2026-03-09": False})
    assert "mediation.correction" in {line["rule"] for line in change.moved}
    assert told("calendar_moved") == {office.requester.id}


def test_an_internal_target_that_moves_is_told_to_officials_only(office: Office) -> None:
    office.docketed()
    change = enters(office, {"2026-03-06": False})
    assert any(line["rule"] == "fast.first_session" for line in change.moved)
    rows = db.session.execute(
        select(MessageOutbox.user_id, MessageOutbox.facts).where(MessageOutbox.kind == "calendar_moved")
    )
    read = {user_id: {line["title_en"] for line in facts["lines"]} for user_id, facts in rows}
    assert any(title.startswith("Fast track") for title in read[office.mediator.id])
    for party in (office.requester, office.respondent):
        assert not any(title.startswith("Fast track") for title in read.get(party.id, ()))


def test_a_day_that_nobodys_period_reaches_moves_nothing_and_tells_nobody(office: Office) -> None:
    case = office.consented()
    assert enters(office, {"2026-12-14": False}).moved == []
    assert (moved_events(case), told("calendar_moved")) == ([], set())


def test_a_day_given_back_to_the_published_calendar_moves_everything_back(either_office: Office) -> None:
    office = either_office
    case = office.consented()
    enters(office, {"2026-03-09": False})
    enters(office, {"2026-03-09": None})
    assert case.due("mediation.docket") == "2026-03-09"
    assert db.session.scalars(select(CalendarDay)).all() == []


def test_a_weekend_that_is_worked_brings_the_end_nearer(office: Office) -> None:
    case = office.consented()
    enters(office, {"2026-03-07": True})
    assert case.due("mediation.docket") == "2026-03-07"


def test_what_is_met_stays_where_it_was(office: Office) -> None:
    case = office.docketed()
    enters(office, {"2026-03-03": False, "2026-03-09": False})
    assert case.due("mediation.docket") == "2026-03-09"


def test_what_stands_still_is_not_moved_by_the_calendar_but_counted_when_it_goes_on(
    office: Office, today: Today
) -> None:
    case = office.served()
    at_ten(today, "2026-03-06")
    change = enters(office, {"2026-03-23": False})
    assert change.moved == []
    at_ten(today, "2026-03-09")
    consents(office, case)
    assert case.due("fast.finish") == "2026-03-30"  # four days stood still, and the 23rd is off


def test_what_had_run_over_and_is_in_time_again_is_missed_anew(office: Office, today: Today) -> None:
    from app.jobs import run_due

    case = office.consented()
    today.is_at("2026-03-10 00:00")
    run_due(db.session(), office.app.config["PEIYOU"])
    enters(office, {"2026-03-09": False})
    today.is_at("2026-03-11 00:00")
    run_due(db.session(), office.app.config["PEIYOU"])
    db.session.rollback()
    missed = select(Event.data).where(Event.case_id == case.id, Event.kind == "deadline_missed")
    assert [e["due"] for e in db.session.scalars(missed) if e["rule"] == "mediation.docket"] == [
        "2026-03-09",
        "2026-03-10",
    ]


def test_a_party_is_not_shown_that_an_internal_target_moved(office: Office) -> None:
    case = office.docketed()
    enters(office, {"2026-03-06": False})
    assert [e["rule"] for e in moved_events(case)] == ["fast.first_session", "fast.finish", "mediation.notify"]
    seen = [e for e in case.seen_by(office.requester)["events"] if e["kind"] == "deadline_moved"]
    assert [e["data"]["rule"] for e in seen] == ["mediation.notify"]


def days_from(first: str, last: str) -> dict[str, bool | None]:
    """Return every day between as Monday to Friday have it, New Year's Day apart."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    found: dict[str, bool | None] = {}
    while day <= end:
        found[day.isoformat()] = day.weekday() < 5 and day != date(2027, 1, 1)
        day += timedelta(days=1)
    return found


def test_beyond_the_published_years_a_date_is_provisional_until_the_office_enters_the_days(
    either_office: Office, today: Today
) -> None:
    office = either_office
    at_ten(today, "2026-12-29")
    case = office.accepted()
    assert case.due("mediation.serve") == "2027-01-06"  # New Year's Day is off by law
    assert provisional(case) == (True, True)
    enters(office, days_from("2027-01-01", "2027-01-10") | {"2027-01-04": False})
    assert case.due("mediation.serve") == "2027-01-07"
    assert provisional(case) == (False, False)


def test_a_date_that_stays_where_it_is_is_no_longer_provisional_either(office: Office, today: Today) -> None:
    at_ten(today, "2026-12-29")
    case = office.accepted()
    assert enters(office, days_from("2027-01-01", "2027-01-10")).moved == []
    assert case.due("mediation.serve") == "2027-01-06"
    assert provisional(case) == (False, False)


def provisional(case: Case) -> tuple[bool, bool]:
    """Say whether the period for service is provisional, and whether its line in the inbox says so."""
    db.session.rollback()
    serve = select(Deadline.provisional).where(Deadline.case_id == case.id, Deadline.rule == "mediation.serve")
    line = select(Task.provisional).where(Task.case_id == case.id, Task.key == "serve_request")
    return bool(db.session.scalar(serve)), bool(db.session.scalar(line))


def test_only_an_administrator_changes_the_calendar_and_never_a_whole_era(office: Office) -> None:
    with pytest.raises(NotAllowed):
        enters(office, {"2026-03-09": False}, by=office.director)
    with pytest.raises(RuleBroken):
        enters(office, {})
    with pytest.raises(RuleBroken):
        enters(office, days_from("2027-01-01", "2028-01-10"))
    for day in ("1900-01-01", "2029-01-01", "9999-12-31"):
        with pytest.raises(RuleBroken):
            enters(office, {day: False})
    assert db.session.scalars(select(CalendarChange)).all() == []


def test_a_period_that_is_met_while_the_calendar_changes_stays_met(
    either_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = either_office.consented()
    mine = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == "mediation.docket")

    def somebody_was_faster(session: Session, case_id: int) -> CaseRow:
        met = {"state": "met", "ended_at": clock.now(), "wake_at": None}
        changed = update(Deadline).where(Deadline.id == session.scalars(mine).one().id).values(**met)
        session.execute(changed.execution_options(synchronize_session=False))
        return locked(session, case_id)

    monkeypatch.setattr(cases, "locked", somebody_was_faster)
    change = enters(either_office, {"2026-03-09": False})
    db.session.rollback()
    row = db.session.scalars(mine).one()
    assert (row.state, row.wake_at, row.due_on) == ("met", None, date(2026, 3, 9))
    assert "mediation.docket" not in {line["rule"] for line in change.moved}
