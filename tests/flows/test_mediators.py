"""Who mediates, who must step aside, and who takes over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app import clock
from app.models import DeclaredRelation, Document, User
from tests.conftest import Today
from tests.flows.office import Case, Office


def test_a_mediator_with_a_conflict_cannot_be_appointed(office: Office) -> None:
    office.session.get_one(User, office.mediator.id).employer = office.responding.name
    office.session.commit()
    case = office.consented()
    office.clerk.answers(case, "docket", expects=422, mediator=office.mediator.id)
    office.clerk.answers(case, "docket", mediator=office.second_mediator.id)
    assert case.state == "mediating"


RECUSE = {"ground": "interest", "reason": "调解员曾任职于对方公司"}


def test_an_upheld_recusal_brings_another_mediator_who_alone_goes_on(office: Office) -> None:
    case = office.docketed()
    office.requester.acts(case, "recuse", **RECUSE)
    assert case.due("recusal.decision") == "2026-03-05"
    office.schedules(case, expects=409)
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.clerk.answers(case, "reappoint", expects=422, mediator=office.mediator.id)
    office.clerk.answers(case, "reappoint", mediator=office.second_mediator.id)
    office.mediator.sees(f"/cases/{case.id}", expects=404)
    office.schedules(case, by=office.second_mediator)


def test_a_rejected_recusal_lets_the_mediator_go_on_and_may_be_reviewed_once(office: Office) -> None:
    case = office.docketed()
    for _ in range(2):
        office.requester.acts(case, "recuse", **RECUSE)
        office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    office.requester.acts(case, "recuse", expects=422, **RECUSE)
    office.schedules(case)


def knows_the_mediator(case: Case) -> None:
    case.has_made("mediator_notice")  # both agreed to electronic service


def test_recusal_is_asked_for_within_three_working_days_of_the_notice(office: Office, today: Today) -> None:
    case = office.docketed()
    knows_the_mediator(case)
    assert case.due("recusal.request") == "2026-03-05"
    office.let_pass(today, 4)
    office.requester.acts(case, "recuse", expects=422, **RECUSE)
    office.requester.acts(case, "recuse", expects=422, known_on="2026-03-05", **RECUSE)
    office.requester.acts(case, "recuse", known_on="2026-03-06", **RECUSE)
    assert "decide_recusal" in case.open_keys()


def test_on_the_third_working_day_recusal_is_still_asked_for_in_time(office: Office, today: Today) -> None:
    case = office.docketed()
    knows_the_mediator(case)
    today.is_at("2026-03-05 23:59:58")
    office.requester.acts(case, "recuse", **RECUSE)
    assert "decide_recusal" in case.open_keys()


def test_a_case_is_handed_over_only_to_somebody_without_a_conflict(office: Office) -> None:
    case = office.docketed()
    relation = DeclaredRelation(
        user_id=office.second_mediator.id,
        organization_id=office.requesting.id,
        nature="亲属",
        declared_at=clock.now(),
    )
    office.session.add(relation)
    office.session.commit()
    office.director.acts(case, "hand_over", expects=422, to=office.second_mediator.id, reason="出差")
    office.session.delete(office.session.merge(relation))
    office.session.commit()
    office.director.acts(case, "hand_over", to=office.second_mediator.id, reason="出差")
    office.schedules(case, by=office.second_mediator)


def facts_of(case: Case, kind: str) -> dict[str, Any]:
    """Return what the last paper of a kind says."""
    papers = select(Document).where(Document.case_id == case.id, Document.kind == kind).order_by(Document.id.desc())
    return dict(case.office.session.scalars(papers).first().facts or {})  # type: ignore[union-attr]


def test_a_clerk_enters_the_request_of_a_party_and_the_decision_names_that_party(office: Office) -> None:
    case = office.docketed()
    asking = {"ground": "interest", "reason": "曾任职于对方公司"}
    assert list(office.clerk.acts(case, "recuse", expects=422, **asking)["errors"]) == ["party"]
    asking["party"] = case.party(office.responding.name)
    assert list(office.clerk.acts(case, "recuse", expects=422, **asking)["errors"]) == ["files"]
    office.clerk.acts(case, "recuse", files=[office.clerk.uploads("回避申请书.pdf")], **asking)
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    for kind in ("recusal_application", "recusal_decision"):
        assert facts_of(case, kind)["applicant"] == office.responding.name
    assert not facts_of(case, "recusal_decision")["own_request"]
    office.clerk.acts(case, "recuse", files=[office.clerk.uploads("复议申请书.pdf")], **asking)  # once more: a review


def test_the_mediators_own_request_is_told_as_such(office: Office) -> None:
    case = office.docketed()
    office.mediator.acts(case, "recuse", ground="own_request", reason="与请求人有亲属关系")
    office.schedules(case, expects=409)  # the work rests: nobody has lost a permission
    office.director.answers(case, "decide_recusal", decision="rejected", reason="不属于应当回避的情形")
    assert facts_of(case, "recusal_decision")["own_request"]


def test_the_time_to_ask_for_recusal_ends_when_the_agreement_is_sealed(office: Office) -> None:
    case = office.confirmed()
    case.has_made("mediator_notice")
    running = [d["state"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "recusal.request"]
    assert running == ["running", "running"]
    office.director.answers(case, "issue_agreement", issued=True)
    ended = [d["state"] for d in case.seen_by(office.clerk)["deadlines"] if d["rule"] == "recusal.request"]
    assert ended == ["cancelled", "cancelled"]


def test_nothing_is_sealed_while_a_recusal_is_pending(office: Office) -> None:
    case = office.confirmed()
    office.requester.acts(case, "recuse", **RECUSE)
    office.director.answers(case, "issue_agreement", expects=422, issued=True)
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    office.director.answers(case, "issue_agreement", issued=True)
    assert case.state == "issued"
