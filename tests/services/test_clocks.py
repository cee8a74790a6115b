"""Periods of a case: what stops them, what lengthens them, when somebody is told, and what runs out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import func, select

from app.domain.errors import NotFound, RuleBroken
from app.jobs import run_due
from app.models import Deadline, Event, MessageOutbox, Task, User, db
from app.queries import cases
from app.services import clocks, lapses, pauses
from app.services.acting import Acting
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import POINTS, Case, Office, Person

CONSENTS = {"stance": "consents", "opinion": "", "e_service": False}


def period(case: Case, rule: str) -> Deadline:
    """Return the last period under ``rule``, as the database has it now."""
    db.session.rollback()
    rows = select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule).order_by(Deadline.id)
    return list(db.session.scalars(rows))[-1]


@contextmanager
def acting_in(case: Case, by: Person | None = None) -> Iterator[Acting]:
    """Act in the case as a service would, in one transaction."""
    db.session.rollback()
    with changing(db.session):
        user = db.session.get_one(User, by.id) if by else None
        yield Acting(db.session(), cases.locked(db.session(), case.id), user)


def messages(kind: str, person: Person) -> int:
    """Return how often a person was told."""
    db.session.rollback()
    told = select(func.count()).where(
        MessageOutbox.kind == kind, MessageOutbox.channel == "in_app", MessageOutbox.user_id == person.id
    )
    return db.session.scalar(told) or 0


def work(office: Office) -> None:
    """Do what is due now."""
    run_due(db.session(), office.app.config["PEIYOU"])


# -- standing still ----------------------------------------------------------------------------------------------------


def test_while_a_request_is_served_the_internal_targets_stand_still_and_the_law_does_not(either_office: Office) -> None:
    case = either_office.accepted()
    targets = ("fast.first_session", "fast.finish")
    assert [period(case, rule).state for rule in targets] == ["paused"] * 2
    assert [period(case, rule).wake_at for rule in targets] == [None] * 2
    assert period(case, "fast.contact").state == "running"  # whoever is to be served can be rung up
    assert period(case, "mediation.serve").state == "running"


def test_contact_is_made_when_somebody_records_it_and_not_by_docketing(office: Office) -> None:
    case = office.docketed()
    assert period(case, "fast.contact").state == "running"
    office.clerk.acts(case, "record_contact", on="2026-03-02", summary="已电话联系双方")
    assert period(case, "fast.contact").state == "met"


def test_where_nobody_consents_no_target_of_the_mediation_runs_on(office: Office, today: Today) -> None:
    case = office.served()
    office.respondent.answers(case, "statement", stance="declines", opinion="不同意", e_service=False)
    targets = ("fast.contact", "fast.first_session", "fast.finish")
    assert [period(case, rule).state for rule in targets] == ["cancelled"] * 3


def test_a_target_moves_by_exactly_the_days_that_stood_still(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.served()
    assert period(case, "fast.finish").due_on == date(2026, 3, 23)
    today.is_at("2026-03-09 16:00")
    office.respondent.answers(case, "statement", **CONSENTS)
    finish = period(case, "fast.finish")
    assert (finish.state, finish.due_on) == ("running", date(2026, 3, 27))  # 3 to 6 March did not count


def test_a_pause_that_ends_on_the_day_it_began_moves_nothing(either_office: Office) -> None:
    case = either_office.consented()
    finish = period(case, "fast.finish")
    assert (finish.state, finish.due_on) == ("running", date(2026, 3, 23))


def test_days_off_inside_a_pause_are_not_given_back_twice(office: Office, today: Today) -> None:
    today.is_at("2026-03-06 10:00")
    case = office.served()
    was = period(case, "fast.finish").due_on
    today.is_at("2026-03-09 09:00")
    office.respondent.answers(case, "statement", **CONSENTS)
    assert (was, period(case, "fast.finish").due_on) == (date(2026, 3, 27), date(2026, 3, 27))


def test_two_pauses_that_overlap_end_with_the_later_one(either_office: Office, today: Today) -> None:
    case = either_office.accepted()
    today.is_at("2026-03-04 10:00")
    with acting_in(case) as acting:
        pauses.pause(acting, "recusal", "等待回避决定")
    today.is_at("2026-03-09 10:00")
    with acting_in(case) as acting:
        pauses.resume(acting, "service")
    assert period(case, "fast.finish").state == "paused"
    today.is_at("2026-03-11 10:00")
    with acting_in(case) as acting:
        pauses.resume(acting, "recusal")
    finish = period(case, "fast.finish")
    assert (finish.state, finish.due_on) == ("running", date(2026, 3, 31))  # nothing before 11 March counts


def test_a_second_pause_a_week_later_adds_its_own_days(office: Office, today: Today) -> None:
    case = office.docketed()
    today.is_at("2026-03-09 10:00")
    office.requester.acts(case, "recuse", ground="interest", reason="调解员曾任职于对方公司")
    today.is_at("2026-03-11 10:00")
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    # 9 and 10 March; the statutory period for the decision itself went on
    assert period(case, "fast.finish").due_on == date(2026, 3, 25)
    assert period(case, "recusal.decision").due_on == date(2026, 3, 12)


def test_what_has_run_out_before_a_pause_stays_late(office: Office, today: Today) -> None:
    case = office.docketed()
    due = period(case, "fast.first_session").due_on
    today.is_at("2026-03-20 10:00")
    with acting_in(case) as acting:
        pauses.pause(acting, "recusal", "当事人申请回避")
    first, finish = period(case, "fast.first_session"), period(case, "fast.finish")
    assert due < date(2026, 3, 20) <= finish.due_on
    assert (first.state, finish.state) == ("running", "paused")
    today.is_at("2026-03-23 10:00")
    with acting_in(case) as acting:
        pauses.resume(acting, "recusal")
    first = period(case, "fast.first_session")
    assert (first.state, first.due_on) == ("running", due)


def test_the_inbox_shows_that_a_task_stands_still_and_until_when_it_then_runs(office: Office, today: Today) -> None:
    case = office.docketed()
    office.requester.acts(case, "recuse", ground="interest", reason="调解员曾任职于对方公司")
    [session] = db.session.scalars(select(Task).where(Task.case_id == case.id, Task.key == "schedule_session"))
    assert session.paused
    today.is_at("2026-03-04 10:00")
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    db.session.refresh(session)
    assert (session.paused, session.due_on, session.due_sort) == (False, date(2026, 3, 10), date(2026, 3, 10))


def test_what_begins_during_a_pause_stands_still_from_the_first_moment(office: Office) -> None:
    case = office.accepted()
    with acting_in(case) as acting:
        clocks.start(acting, "fast.adjudication")
    assert (period(case, "fast.adjudication").state, period(case, "fast.adjudication").wake_at) == ("paused", None)


def test_resuming_what_does_not_stand_still_is_nothing(office: Office) -> None:
    case = office.docketed()
    before = case.happened()
    with acting_in(case) as acting:
        pauses.resume(acting, "recusal")
    assert case.happened() == before


def test_a_period_is_started_once(office: Office) -> None:
    case = office.docketed(dispute_kind="ownership", standing="claimant")
    with acting_in(case) as acting:
        again = clocks.start(acting, "mediation.ownership_close")
        assert again is not None
    rules = select(func.count()).where(Deadline.case_id == case.id, Deadline.rule == "mediation.ownership_close")
    assert db.session.scalar(rules) == 1


# -- running longer ----------------------------------------------------------------------------------------------------


def ownership(office: Office) -> Case:
    return office.docketed(dispute_kind="ownership", standing="claimant")


def test_an_extension_is_a_step_of_the_ladder_with_its_reason_and_its_author(either_office: Office) -> None:
    office = either_office
    case = ownership(office)
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    close = period(case, "mediation.ownership_close")
    [step] = close.extensions
    assert (close.due_on, step.step, step.reason) == (date(2026, 6, 2), 1, "案情特别复杂")
    assert step.granted_by_id == office.director.id
    assert case.happened()[-1] == "deadline_extended"


def test_the_ladder_has_a_top(office: Office) -> None:
    case = ownership(office)
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    office.director.acts(case, "extend_closing", expects=422, reason="还要延长")
    assert period(case, "mediation.ownership_close").due_on == date(2026, 6, 2)


@pytest.mark.parametrize(
    ("moment", "status"), [("2026-05-06 23:59:59", 200), ("2026-05-07 00:00:00", 422)], ids=["last second", "too late"]
)
def test_a_period_that_has_run_out_is_not_extended(office: Office, today: Today, moment: str, status: int) -> None:
    case = ownership(office)
    today.is_at(moment)
    office.director.acts(case, "extend_closing", expects=status, reason="案情特别复杂")


def test_a_period_without_a_ladder_is_not_extended_at_all(office: Office) -> None:
    case = office.consented()
    with pytest.raises(RuleBroken, match="不能延长"), acting_in(case, office.director) as acting:
        clocks.extend(acting, "mediation.docket", "忙")


def test_only_what_runs_is_extended(office: Office) -> None:
    case = office.docketed()
    with pytest.raises(RuleBroken, match="没有正在计算"), acting_in(case, office.director) as acting:
        clocks.extend(acting, "mediation.ownership_close", "案情特别复杂")


# -- told in time ------------------------------------------------------------------------------------------------------


def test_a_reminder_comes_once_on_the_morning_of_the_first_yellow_day(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.served()
    assert period(case, "mediation.statement").warn_on == date(2026, 3, 12)
    for moment, times in (
        ("2026-03-12 08:59:45", 0),
        ("2026-03-12 09:00:00", 1),
        ("2026-03-12 09:01:00", 1),
        ("2026-03-17 12:00:00", 1),
    ):
        today.is_at(moment)
        work(office)
        assert messages("deadline_warning", office.respondent) == times, moment


def test_who_was_reminded_is_reminded_again_when_the_end_has_moved_away(office: Office, today: Today) -> None:
    case = ownership(office)
    today.is_at("2026-05-06 10:00")
    work(office)
    before = messages("deadline_warning", office.mediator)
    office.director.acts(case, "extend_closing", reason="案情特别复杂")
    today.is_at("2026-06-02 10:00")
    work(office)
    assert (before, messages("deadline_warning", office.mediator)) == (before, before + 1)


def test_what_was_not_done_in_time_comes_before_the_director_once(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.consented()
    assert case.due("mediation.docket") == "2026-03-09"
    for moment, times in (
        ("2026-03-09 23:59:45", 0),
        ("2026-03-10 00:00:00", 1),
        ("2026-03-10 00:01:00", 1),
        ("2026-03-12 10:00:00", 1),
    ):
        today.is_at(moment)
        work(office)
        assert missed(case, "mediation.docket") == times, moment
    assert messages("deadline_overdue", office.director) >= 1
    assert period(case, "mediation.docket").state == "running"  # late, but still to be done


def missed(case: Case, rule: str) -> int:
    rows = select(Event.data).where(Event.case_id == case.id, Event.kind == "deadline_missed")
    return [data["rule"] for data in db.session.scalars(rows)].count(rule)


def test_what_is_paused_is_neither_reminded_nor_overdue(office: Office, today: Today) -> None:
    case = office.accepted()
    today.is_at("2026-04-30 10:00")
    work(office)
    assert missed(case, "fast.finish") == 0
    assert period(case, "fast.finish").state == "paused"


# -- running out -------------------------------------------------------------------------------------------------------


def test_a_lapse_done_twice_happens_once(either_office: Office, today: Today) -> None:
    case = either_office.served()
    deadline_id = period(case, "mediation.statement").id
    today.is_at("2026-03-18 00:00")
    for _ in range(3):  # the reminder that nobody looked at goes with the end itself
        with changing(db.session):
            lapses.lapse(db.session(), deadline_id)
    assert period(case, "mediation.statement").state == "lapsed"
    assert case.happened().count("deadline_lapsed") == 1
    assert case.open_keys() == {"refuse_docketing"}


def test_nothing_lapses_before_its_end(office: Office, today: Today) -> None:
    case = office.served()
    today.is_at("2026-03-17 23:59:59")
    with changing(db.session):
        lapses.lapse(db.session(), period(case, "mediation.statement").id)
    assert period(case, "mediation.statement").state == "running"


def test_a_period_that_is_not_there_cannot_lapse(office: Office) -> None:
    with pytest.raises(NotFound):
        lapses.lapse(db.session(), 999)


def test_a_party_that_is_a_second_late_is_refused_with_the_day(office: Office, today: Today) -> None:
    case = office.served()
    today.is_at("2026-03-18 00:00:00")
    problem = office.respondent.answers(case, "statement", expects=422, **CONSENTS)
    assert "2026年3月17日" in problem["detail"]


def test_a_clerk_may_enter_late_what_arrived_on_paper_in_time(either_office: Office, today: Today) -> None:
    office = either_office
    case = office.served()
    today.is_at("2026-03-18 09:30:00")
    paper = {**CONSENTS, "files": [office.clerk.uploads("意见陈述书.pdf")]}
    problem = office.clerk.answers(case, "statement", expects=422, received_on="2026-03-18", **paper)
    assert "received_on" in problem["errors"]
    office.clerk.answers(case, "statement", received_on="2026-03-17", **paper)
    assert case.state == "docketing"
    # the office's own five working days run from the day the paper came, not from the day it was entered
    assert case.due("mediation.docket") == "2026-03-24"


def test_a_correction_period_that_ends_on_a_saturday_is_open_until_monday_midnight(
    office: Office, today: Today
) -> None:
    case = office.files()
    office.clerk.answers(case, "formality_check", check="correct", points=["claims"], items=["缺页"], days=5)
    case.has_made("correction_notice")
    assert case.due("mediation.correction") == "2026-03-09"
    corrected = {"explanation": "已补", "files": [office.requester.uploads()]}
    today.is_at("2026-03-10 00:00:00")
    office.requester.answers(case, "correct_materials", expects=422, **corrected)
    today.is_at("2026-03-09 23:59:59")
    office.requester.answers(case, "correct_materials", **corrected)
    assert case.state == "requested"


def test_the_office_may_act_after_its_own_period_has_ended(office: Office, today: Today) -> None:
    case = office.files()
    today.is_at("2026-04-01 10:00")
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    assert case.state == "serving"


def test_when_a_case_ends_every_clock_of_it_stops(office: Office) -> None:
    case = office.in_session()
    office.requester.acts(case, "withdraw", reason="已自行解决")
    db.session.rollback()
    rows = list(db.session.scalars(select(Deadline).where(Deadline.case_id == case.id)))
    assert {d.state for d in rows} <= {"met", "cancelled"}
    assert {d.wake_at for d in rows} == {None}
