"""Who mediates, who must step aside, and who takes over."""

from __future__ import annotations

from app import clock
from app.models import DeclaredRelation, User
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
    office.schedules(case, expects=403)
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


def test_nothing_is_sealed_while_a_recusal_is_pending(office: Office) -> None:
    case = office.confirmed()
    office.requester.acts(case, "recuse", **RECUSE)
    office.director.answers(case, "issue_agreement", expects=422, issued=True)
    office.director.answers(case, "decide_recusal", decision="rejected", reason="没有事实依据")
    office.director.answers(case, "issue_agreement", issued=True)
    assert case.state == "issued"
