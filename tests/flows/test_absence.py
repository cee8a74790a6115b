"""Who stays away from a session: what is said of it, and whom it may be said of (order 81, art. 67)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.models import Document, Organization, db
from tests.conftest import Today
from tests.flows.office import Case, Office

NOTICE = "mediation_session_notice"


def against_two(office: Office, second: str = "consents", *, e_service: bool = True) -> Case:
    """Return a case against two respondents with a session an hour from now; the second one answers ``second``."""
    case = office.accepted(respondents=[office.entry(office.responding), office.entry(office.elsewhere)])
    records = [office.record(case, o) for o in (office.responding, office.elsewhere)]
    office.clerk.answers(case, "serve_request", records=records, give_up=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=e_service)
    office.stranger.answers(case, "statement", stance=second, opinion="如上", e_service=e_service)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    office.schedules(case)
    return case


def on_paper(office: Office) -> Case:
    """Return a case with a session an hour from now, of whose parties nobody agreed to electronic service."""
    case = office.served(e_service=False)
    office.respondent.answers(case, "statement", stance="consents", opinion="愿意", e_service=False)
    office.clerk.answers(case, "docket", mediator=office.mediator.id)
    office.schedules(case)
    return case


def serves(office: Office, case: Case, company: Organization, **changes: Any) -> None:
    """Let the clerk record that the last notice of a session has reached a party."""
    rows = select(Document.id).where(Document.case_id == case.id, Document.kind == NOTICE).order_by(Document.place)
    last = db.session.scalars(rows).all()[-1]
    office.clerk.acts(case, "register_service", document=last, **office.record(case, company, **changes))


@pytest.mark.parametrize(
    ("result", "keys", "state"),
    [("requester_absent", set(), "deemed_withdrawn"), ("respondent_absent", {"close_failed"}, "mediating")],
)
def test_staying_away_without_a_reason_ends_the_session(
    office: Office, result: str, keys: set[str], state: str
) -> None:
    case = office.in_session()
    case.has_made(NOTICE)
    office.holds(case, result)
    assert (case.open_keys(), case.state) == (keys, state)


@pytest.mark.parametrize("result", ["requester_absent", "respondent_absent"])
def test_whoever_was_there_was_not_absent(office: Office, result: str) -> None:
    case = office.in_session()
    case.has_made(NOTICE)
    away, there = office.requesting, office.responding
    if result == "respondent_absent":
        away, there = there, away
    both = [case.party(away.name), case.party(there.name)]
    for attended in (both, both[:1]):
        problem = office.holds(case, result, expects=422, attended=attended)
        assert problem["errors"] == {"attended": [f"按缺席处理的一方不能同时有人到场：{away.name}"]}
        problem = office.holds(case, result, expects=422, attended=attended, justified=True)
        assert list(problem["errors"]) == ["attended"]
    assert (case.state, case.open_keys()) == ("mediating", {"hold_session"})
    office.holds(case, result, attended=both[1:])
    record = select(Document.facts).where(Document.case_id == case.id, Document.kind == "mediation_record")
    assert db.session.scalars(record).one()["attended"] == [there.name]


def test_a_side_is_absent_only_where_the_other_one_came(office: Office) -> None:
    case = office.in_session()
    problem = office.holds(case, "respondent_absent", expects=422, attended=[])
    assert list(problem["errors"]) == ["attended"] and "请选择“没有召开，取消并另行安排”" in str(problem)
    assert "mediation_record" not in case.documents()


def test_of_several_respondents_the_side_is_absent_where_none_of_them_came(office: Office) -> None:
    case = against_two(office)
    case.has_made(NOTICE)
    one_came = [case.party(o.name) for o in (office.requesting, office.elsewhere)]
    problem = office.holds(case, "respondent_absent", expects=422, attended=one_came)
    assert office.elsewhere.name in str(problem) and office.responding.name not in str(problem)
    office.holds(case, "respondent_absent")
    assert case.open_keys() == {"close_failed"}


def test_staying_away_with_a_good_reason_leads_to_another_session(office: Office) -> None:
    case = office.in_session()
    office.holds(case, "requester_absent", justified=True)
    assert case.open_keys() == {"schedule_session"}


@pytest.mark.parametrize("result", ["requester_absent", "respondent_absent"])
def test_whom_the_notice_has_not_reached_does_not_stay_away_without_a_reason(office: Office, result: str) -> None:
    case = on_paper(office)
    away, there = office.requesting, office.responding
    if result == "respondent_absent":
        away, there = there, away
    serves(office, case, there)
    sent = {"result": "pending", "received_on": None, "receiver": ""}
    serves(office, case, away, **sent)
    problem = office.holds(case, result, expects=422)
    [told] = problem["errors"]["result"]
    assert told.startswith(f"没有《调解通知书》在调解会前送达{away.name}的登记，不能按缺席处理")
    assert told.endswith("已经送达的请先登记送达，否则请选择“没有召开，取消并另行安排”")
    assert (case.state, case.open_keys()) == ("mediating", {"hold_session"})
    serves(office, case, away)
    office.holds(case, result)
    assert "hold_session" not in case.open_keys()


def test_a_notice_that_came_after_the_session_told_nobody_of_it(office: Office, today: Today) -> None:
    case = on_paper(office)
    today.moves(days=1)
    serves(office, case, office.responding)
    assert list(office.holds(case, "respondent_absent", expects=422)["errors"]) == ["result"]


def test_the_notice_of_another_session_is_not_that_of_this_one(office: Office) -> None:
    case = on_paper(office)
    serves(office, case, office.responding)
    office.holds(case, "continue")
    office.schedules(case)
    office.holds(case, "respondent_absent", expects=422)
    serves(office, case, office.responding)
    office.holds(case, "respondent_absent")


def test_of_several_respondents_each_who_takes_part_has_to_be_told(office: Office) -> None:
    case = against_two(office, e_service=False)
    serves(office, case, office.responding)
    problem = str(office.holds(case, "respondent_absent", expects=422))
    assert office.elsewhere.name in problem and office.responding.name not in problem
    without = against_two(office, "declines", e_service=False)
    serves(office, without, office.responding)
    office.holds(without, "respondent_absent")
    assert without.open_keys() == {"close_failed"}
