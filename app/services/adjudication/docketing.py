"""Docketing: reviewed by the section head, decided by the head of the department, with the panel (order 81, art. 20)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.domain.disputes import RefusalReason
from app.domain.errors import RuleBroken
from app.domain.events import AdjudicationDocketed, DocketingReturned, DocketingReviewed
from app.domain.roles import PartyRole
from app.models import Adjudication, Case, Event, Task
from app.services import clocks, papers, parties
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import current, panel
from app.services.adjudication.intake import refuse


@step("review_docketing")
def review_docketing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Agree with what the clerk proposes, or send it back."""
    if answers["review"] == "return":
        acting.record(DocketingReturned(reason=answers["opinion"]))
        return {"docketing_review": "return"}
    acting.record(DocketingReviewed(opinion=answers["opinion"]))
    return {"docketing_review": "agree"}


@step("decide_docketing")
def decide_docketing(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Docket the request and name the panel, refuse it for the reasons that were proposed, or send it back."""
    outcome = answers["docketing"]
    if outcome == "return":
        acting.record(DocketingReturned(reason=answers["opinion"]))
        return {"docketing": "return"}
    proposed = current.answered_before(acting, "examine_request")
    if outcome == "refuse":
        if proposed.get("check") != "refuse":
            raise RuleBroken("承办人建议立案，没有提出不予受理的理由；不同意的，请退回重新审查", field="docketing")
        _approval_form(acting, proposed, answers)
        refuse(acting, [RefusalReason(r) for r in proposed["reasons"]], proposed.get("explanation") or "")
        return {"docketing": "refuse"}
    _refuse_twice(acting)
    _approval_form(acting, proposed, answers)
    _docket(acting, answers)
    return {"docketing": "docket", "docketed": True}


def _docket(acting: Acting, answers: Answers) -> None:
    row = current.adjudication(acting)
    row.docketed_on = acting.today
    clocks.end(acting, "adjudication.docket", met=True)
    acting.milestone("docketed", acting.today)
    acting.record(AdjudicationDocketed(on=acting.today))
    for party in acting.case.parties:  # the office has looked at everybody's standing: now the case is theirs to see
        party.sees = True
    panel.appoint(acting, answers["members"], answers["presiding"], answers["recorder"])
    clocks.start(acting, "adjudication.close")
    clocks.start(acting, "fast.adjudication")
    clocks.start(acting, "adjudication.serve")
    papers.issue(acting, "acceptance_notice", to=parties.requesters(acting))
    papers.issue(
        acting,
        "answer_notice",
        to=parties.respondents(acting),
        days=answer_days(acting),
        domicile=not row.abroad,
    )
    panel.tell(acting)


def answer_days(acting: Acting) -> int:
    """Return within how many days the respondent answers: thirty without a domicile in China, since order 81 (TL06)."""
    return clocks.length_of(acting, "adjudication.answer", variant=answer_variant(acting))


def answer_variant(acting: Acting) -> str | None:
    """Return the case of the rule that holds for the respondent."""
    abroad = current.adjudication(acting).abroad and acting.case.regime == "order81"
    return "no_domicile" if abroad else None


def _approval_form(acting: Acting, proposed: dict[str, Any], answers: Answers) -> None:
    """Make the form on which the docketing was approved (D06): clerk, section head, head of the department."""
    clerk = _last(acting, "docketing_proposed")
    section = _last(acting, "docketing_reviewed")
    assert acting.by is not None
    papers.issue(
        acting,
        "docketing_approval_form",
        seen_by="office",
        summary=proposed.get("summary") or "",
        opinion=proposed.get("opinion") or "",
        handler_name=clerk.by.name if clerk and clerk.by else "",
        handled_on=clerk.at.date().isoformat() if clerk else "",
        section_opinion=section.data["opinion"] if section else "",
        section_head=section.by.name if section and section.by else "",
        reviewed_on=section.at.date().isoformat() if section else "",
        director_opinion=answers["opinion"],
        director=acting.by.name,
        decided_on=acting.today.isoformat(),
        outcome=answers["docketing"],
    )


def _last(acting: Acting, kind: str) -> Event | None:
    rows = select(Event).where(Event.case_id == acting.case.id, Event.kind == kind)
    return acting.session.scalar(rows.order_by(Event.seq.desc()).limit(1))


def _refuse_twice(acting: Acting) -> None:
    """The same request between the same parties about the same patent is docketed once (order 81, art. 12)."""
    row = current.adjudication(acting)
    asking, asked = (
        {p.organization_id for p in acting.case.parties if p.role == role}
        for role in (PartyRole.REQUESTER, PartyRole.RESPONDENT)
    )
    others = (
        select(Case)
        .join(Adjudication, Adjudication.case_id == Case.id)
        .where(
            Case.id != acting.case.id,
            Case.closed_at.is_(None),
            Adjudication.docketed_on.is_not(None),
            Adjudication.right_number == row.right_number,
        )
    )
    for other in acting.session.scalars(others):
        theirs = {(p.role, p.organization_id) for p in other.parties}
        if any((PartyRole.REQUESTER, one) in theirs for one in asking) and any(
            (PartyRole.RESPONDENT, one) in theirs for one in asked
        ):
            raise RuleBroken(
                "相同当事人之间就同一专利的案件 %(number)s 已经立案，不能重复立案",
                field="docketing",
                number=other.number,
            )


@act("extend_docketing")
def extend_docketing(acting: Acting, answers: Answers) -> Data:
    """Take five more working days to decide whether to docket, once (order 81, art. 20; the text of 2015 knows none)."""
    clocks.extend(acting, "adjudication.docket", answers["reason"])
    return {}
