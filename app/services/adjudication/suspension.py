"""Suspension: asked for by a party, proposed by the panel, decided by the head, ended by resumption (order 81, 28-29)."""

from __future__ import annotations

from typing import Any

from app.domain.adjudication import NoSuspension, SuspensionGround, must_be_suspended
from app.domain.errors import RuleBroken
from app.domain.events import CaseResumed, CaseSuspended, SuspensionAsked, SuspensionProposed, SuspensionRefused
from app.domain.periods import Regime
from app.domain.roles import PartyRole
from app.models import Suspension, Task
from app.queries.histories import state_before
from app.services import lapses, papers, pauses
from app.services.acting import Acting, Answers, Data, act, step
from app.services.adjudication import current, evidence
from app.services.adjudication.cancellation import is_own, speaking


@act("ask_suspension")
def ask_suspension(acting: Acting, answers: Answers) -> Data | None:
    """Ask that the case be suspended (D28); the panel puts it to the head of the department."""
    party = speaking(acting, answers, *PartyRole)
    ground = SuspensionGround(answers["ground"])
    if not papers.receive(acting, "suspension_attachment", answers.get("files") or [], party=party) and not is_own(
        acting, party
    ):
        raise RuleBroken("代当事人登记的，请上传当事人签章的材料", field="files")
    acting.record(SuspensionAsked(party=party.name, ground=ground.label, reason=answers["reason"]))
    papers.issue(acting, "suspension_application", party=party.name, ground=ground.label, reason=answers["reason"])
    return None


@act("suspend")
def suspend(acting: Acting, answers: Answers) -> Data:
    """Put to the head of the department, for the panel, that the case be suspended or need not be."""
    assert acting.by is not None
    ground = SuspensionGround(answers["ground"])
    papers.receive(acting, "suspension_attachment", answers.get("files") or [], seen_by="office")
    acting.session.add(
        Suspension(
            case_id=acting.case.id,
            ground=ground.value,
            reason=answers["reason"],
            proposed_by_id=acting.by.id,
            proposed_on=acting.today,
        )
    )
    acting.record(SuspensionProposed(ground=ground.label, reason=answers["reason"]))
    return {}


@step("decide_suspension")
def decide_suspension(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Suspend the case: its periods stand still from today; or refuse, where the law leaves it open or a reason is found."""
    assert acting.by is not None
    row = current.suspension(acting)
    ground = SuspensionGround(row.ground)
    granted = answers["decision"] == "granted"
    against = NoSuspension(answers["against"]) if answers.get("against") else None
    right = current.adjudication(acting).right_type
    if not granted and must_be_suspended(Regime(acting.case.regime), ground, right, _found(against, right)):
        raise RuleBroken(
            "“%(ground)s”应当中止处理（令81第28条），没有可以不中止的情形", field="against", ground=ground.label
        )
    row.granted, row.decided_on, row.decided_by_id = granted, acting.today, acting.by.id
    document = papers.issue(
        acting,
        "suspension_notice" if granted else "no_suspension_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        ground=ground.label,
        asked_by="当事人" if papers.latest(acting.session, acting.case, "suspension_application") else "合议组",
        grounds=[
            {"label": g.label, "ticked": g in (ground, against)}
            for g in (SuspensionGround if granted else NoSuspension)
        ],
        reason=answers["reason"],
        **_from(acting),
    )
    if not granted:
        acting.record(SuspensionRefused(ground=ground.label, reason=answers["reason"]))
        return {"suspension": "refused"}
    lapses.run_out_before(acting)
    acting.record(CaseSuspended(ground=ground.label, first=acting.today))
    pauses.pause(acting, "suspension", ground.label, decided_in=document)
    return {"suspension": "granted"}


def _found(against: NoSuspension | None, right: str) -> str | None:
    """Return the reason not to suspend, where it can hold of this patent: only an invention needs no other (art. 29)."""
    return None if against is NoSuspension.INVENTION and right != "invention" else against


@act("resume")
def resume(acting: Acting, answers: Answers) -> Data:
    """Take the case up again where it stood (D29); the days up to yesterday do not count."""
    row = current.suspension(acting)
    row.resumed_on = acting.today
    papers.receive(acting, "suspension_attachment", answers.get("files") or [], seen_by="office")
    ground = SuspensionGround(row.ground)
    papers.issue(
        acting,
        "resumption_notice",
        to=[p for p in acting.case.parties if p.takes_part],
        ground=ground.label,
        grounds=[{"label": g.label, "ticked": g is ground} for g in SuspensionGround],
        reason=answers["reason"],
        **_from(acting),
    )
    extended = evidence.extended_until(acting)
    pauses.resume(acting, "suspension")
    evidence.move_extensions(acting, extended)
    acting.record(CaseResumed(back_to=_stood(acting), on=acting.today))
    return {}


def _from(acting: Acting) -> dict[str, Any]:
    """Return the day from which the notice counts, under the name that its letter has for it."""
    return {"from": acting.today.isoformat()}


def _stood(acting: Acting) -> str:
    """Return where the case stood before it was suspended last."""
    return state_before(acting.session, acting.case, CaseSuspended.kind)
