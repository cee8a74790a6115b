"""Filing the request for a decision: one patent, one respondent, what may be decided (order 81, arts. 12-15, 21)."""

from __future__ import annotations

from sqlalchemy import select

from app.domain import claims
from app.domain.disputes import LinkNature, Standing
from app.domain.errors import RuleBroken
from app.domain.events import RequestFiled, RequestsSplitOff
from app.models import Adjudication, CaseLink, Document, Draft
from app.services import answered, clocks, filing, papers, parties
from app.services.acting import Acting, Answers, Data, start
from app.services.adjudication import current, evidence


@start("adjudication")
def file_request(acting: Acting, answers: Answers) -> Data:
    """Enter the request, its parties and its papers; return what the decision table on competence looks at.

    Who asks for money or an apology is told that these can only be mediated: they are split off (patent law, art. 65).
    """
    filing.enter_case(acting, answers)
    _grew_from_mediation(acting, answers)
    decided, split_off = claims.parted(answers["requests"])
    if not decided:
        raise RuleBroken("赔偿、赔礼道歉等只能调解，不能裁决；请写明要求停止的行为", field="requests")
    acting.session.add(
        Adjudication(
            case_id=acting.case.id,
            right_type=answers["right_type"],
            right_number=answers["right_number"],
            right_name=answers["right_name"],
            right_holder=answers["right_holder"],
            requester_standing=answers["standing"],
            claims=answers.get("claims") or "",
            right_filed_on=answered.day(answers.get("right_filed_on")),
            major=bool(answers["major"]),
            requests=decided,
            split_off=split_off,
            facts=answers["facts"],
            no_suit_declared=bool(answers["no_suit"]),
            abroad=parties.respondents(acting)[0].organization.kind == "foreign",
        )
    )
    acting.milestone("request_received", acting.case.received_on)
    acting.record(RequestFiled(files=len(filing.all_files(answers))))
    if split_off:
        acting.record(RequestsSplitOff(items=tuple(split_off)))
    clocks.start(acting, "adjudication.docket")
    filing.hand_in(acting, answers)
    party = parties.requesters(acting)[0]
    papers.receive(acting, "standing_proof", answers.get("standing_files") or [], party=party)
    papers.receive(acting, "evaluation_report", answers.get("report_files") or [], party=party)
    evidence.enter(acting, party, answers.get("evidence") or [], on=acting.case.received_on, late=False)
    issue_request(acting)
    filing.issue_receipts(acting, answers)
    return {
        "right_type": answers["right_type"],
        "major": bool(answers["major"]),
        "competence": None,
        "authority": None,
        "docketed": False,
    }


def _grew_from_mediation(acting: Acting, answers: Answers) -> None:
    """A request that a mediation was turned into keeps the day on which the dispute was first filed, and is linked to it."""
    if acting.by is None:
        return
    drafts = select(Draft).where(Draft.user_id == acting.by.id, Draft.scope.startswith("start:adjudication:"))
    for draft in acting.session.scalars(drafts.order_by(Draft.id)):
        if draft.answers.get("right_number") != answers["right_number"] or draft.from_case_id is None:
            continue
        acting.case.first_filed_on = draft.first_filed_on or acting.case.first_filed_on
        acting.session.add(
            CaseLink(case_id=draft.from_case_id, other_id=acting.case.id, nature=LinkNature.FOLLOWS.value)
        )
        acting.session.delete(draft)
        return


def issue_request(acting: Acting, replaces: Document | None = None) -> None:
    """Issue the request (D01) as it stands now."""
    row = current.adjudication(acting)
    papers.issue(
        acting,
        "infringement_request",
        replaces=replaces,
        requests=row.requests,
        mediated=row.split_off,
        reasons=row.facts,
        standing=Standing(row.requester_standing).label,
        no_suit=row.no_suit_declared,
    )
