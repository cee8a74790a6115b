"""A unit nominates itself for the roster: the nomination, its formality check and correction (measure M02)."""

from __future__ import annotations

from sqlalchemy import select

from app.domain.awards.calls import CallStage
from app.domain.errors import RuleBroken
from app.domain.events import (
    CorrectionAsked,
    NominationAccepted,
    NominationCorrected,
    NominationFiled,
    NominationRefused,
    NominationWithdrawn,
)
from app.domain.organizations import OrgKind
from app.domain.roster import nominations
from app.domain.roster.batches import BatchKind
from app.domain.roster.nominations import RefusalGround
from app.domain.states import State
from app.domain.texts import Text
from app.models import Nomination, Organization, RosterBatch, Task
from app.queries import award_recoveries, roster
from app.services import answered, filing, papers
from app.services.acting import Acting, Answers, Data, act, ending, operation, start, step
from app.services.roster import barring, current


@start(nominations.PROCESS)
def file_nomination(acting: Acting, answers: Answers) -> Data:
    """Enter the nomination with what the unit states of itself; return what the diagram begins with."""
    organization = filing.own_organization(acting, answers["organization"])
    batch = _batch(acting, answers["batch"])
    _refuse_outside(acting, organization, batch)
    title = Text(f"{organization.name} 培优名录自荐", f"{organization.name}: nomination for the roster")
    party = filing.enter_applicant(acting, organization, title, batch.title)
    acting.session.add(
        Nomination(
            case_id=acting.case.id,
            batch_id=batch.id,
            organization_id=organization.id,
            district_id=answers["district"],
            industry=answers["industry"],
            inventions=answers["inventions"],
            other_patents=answers["other_patents"],
            trademarks=answers["trademarks"],
            standards=answers["standards"],
            staff=answers["staff"],
            revenue=answered.money(answers["revenue"]),
            achievements=answers["achievements"],
            plan=answers["plan"],
        )
    )
    acting.milestone("nomination_received", acting.case.received_on)
    acting.record(NominationFiled(batch=batch.title, files=len(answers["files"])))
    papers.receive(acting, "roster_evidence", answers["files"], party=party)
    papers.issue(acting, "roster_receipt", to=[party], receipt_number=acting.case.receipt_number)
    return {"check": "open", "batch": "open"}


def _batch(acting: Acting, batch_id: int) -> RosterBatch:
    batch = acting.session.get(RosterBatch, batch_id)
    if batch is None or batch.kind != BatchKind.INTAKE or batch.state != "published":
        raise RuleBroken("没有这一批次", field="batch")
    match batch.stage(acting.today):
        case CallStage.COMING:
            raise RuleBroken("%(day)s 才开始申报", field="batch", day=batch.opens_on)
        case CallStage.ENDED:
            raise RuleBroken("申报已于 %(day)s 截止", field="batch", day=batch.closes_on)
    return batch


def _refuse_outside(acting: Acting, organization: Organization, batch: RosterBatch) -> None:
    """Refuse who cannot be on the roster, who is barred, who is on it, and who stands in the batch already."""
    nominations.refuse_ineligible(OrgKind(organization.kind), organization.name)
    barring.refuse_barred(acting.session, organization, acting.today, field="organization")
    stopped = award_recoveries.bar_on(acting.session, organization.id, acting.today)
    if stopped is not None:
        raise RuleBroken(
            "%(name)s 在停止申报的期间（至 %(day)s）", field="organization", name=organization.name, day=stopped.last
        )
    if roster.is_member(acting.session, organization.id, acting.today):
        raise RuleBroken("%(name)s已在名录中", field="organization", name=organization.name)
    same = select(Nomination.case_id).where(
        Nomination.batch_id == batch.id, Nomination.organization_id == organization.id, Nomination.stands
    )
    if acting.session.scalar(same) is not None:
        raise RuleBroken("%(name)s在这一批次已经自荐", field="organization", name=organization.name)


@step("nomination_formality")
def nomination_formality(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Accept the nomination, ask once for what is missing, or refuse it."""
    row = current.nomination(acting)
    check = answers["check"]
    if check == "accept":
        _accept(acting)
    elif check == "correct":
        if row.corrected:
            raise RuleBroken("补正只能一次性告知；材料仍不齐备的，请受理或者不予受理", field="check")
        row.corrected = True
        _ask_for_correction(acting, list(answers["items"]), int(answers["days"]))
    else:
        _refuse(acting, [RefusalGround(one) for one in answers["grounds"]], answers.get("explanation") or "")
    return {"check": check}


def _accept(acting: Acting) -> None:
    party = current.unit(acting)
    if not party.organization.verified:
        raise RuleBroken("%(name)s 还没有核验，请先核验单位再受理", field="check", name=party.name)
    acting.record(NominationAccepted())


def _ask_for_correction(acting: Acting, items: list[str], days: int) -> None:
    acting.milestone("correction_asked", acting.today)
    acting.lengths["roster.correction"] = days
    acting.record(CorrectionAsked(items=tuple(items), days=days))
    papers.issue(acting, "roster_correction_notice", to=[current.unit(acting)], items=items, days=days)


def _refuse(acting: Acting, grounds: list[RefusalGround], explanation: str) -> None:
    told = tuple(one.label for one in grounds)
    acting.record(NominationRefused(grounds=told, explanation=explanation))
    papers.issue(
        acting, "roster_refusal_notice", to=[current.unit(acting)], grounds=list(told), explanation=explanation
    )


@step("correct_nomination")
def correct_nomination(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what was asked for."""
    files = list(answers.get("files") or [])
    papers.receive(acting, "corrected_materials", files, party=task.party)
    acting.milestone("nomination_received", acting.today)  # what runs from receipt runs from the complete nomination
    acting.record(NominationCorrected(explanation=answers.get("explanation") or "", files=len(files)))
    return {}


@operation("refuse_nomination_uncorrected")
def refuse_nomination_uncorrected(acting: Acting) -> Data:
    """Refuse the nomination because the time to correct it ran out in silence."""
    _refuse(acting, [RefusalGround.UNCORRECTED], "")
    return {}


@act("withdraw_nomination")
def withdraw_nomination(acting: Acting, answers: Answers) -> Data:
    """Withdraw the nomination; until the batch closes the unit may come again."""
    papers.receive(acting, "roster_evidence", answers.get("files") or [], title="撤回申请")
    acting.record(NominationWithdrawn(reason=answers["reason"]))
    return {}


@ending(nominations.PROCESS)
def let_go(acting: Acting) -> None:
    """Let a nomination that ended before it was evaluated stand in the batch no more."""
    if acting.case.state in (State.WITHDRAWN, State.REFUSED, State.REFUSED_UNCORRECTED):
        current.nomination(acting).stands = False
