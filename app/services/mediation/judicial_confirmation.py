"""Joint judicial confirmation of the agreement (civil procedure law, arts. 205 and 206)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.domain.errors import RuleBroken
from app.domain.events import (
    JudicialConfirmationAnswered,
    JudicialConfirmationApplied,
    JudicialConfirmationLapsed,
    JudicialConfirmationRecorded,
)
from app.domain.mediation import CourtResult
from app.domain.roles import Role
from app.models import Task
from app.policy import may_dispose
from app.services import agreements, answered, clocks, papers
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.mediation import current, sides


@step("joint_application")
def joint_application(acting: Acting, task: Task, answers: Answers) -> Data | None:
    """Both sides apply together or not at all: one who does not want it decides at once."""
    party = task.party
    assert party is not None and acting.by is not None
    if answers["applies"] and not acting.by.is_official and not may_dispose(acting.by, party):
        raise RuleBroken("一般授权的代理人不能申请司法确认，须有特别授权", field="applies")
    clocks.end(acting, "confirmation.apply", party=party, met=True)
    acting.record(JudicialConfirmationAnswered(party=party.name, applies=bool(answers["applies"])))
    papers.receive(acting, "confirmation_attachment", answers.get("files") or [], party=party)
    mediation = current.mediation(acting)
    if not answers["applies"]:
        mediation.judicial_confirmation = "not_wanted"
        return {"judicial": "none"}
    if not _all_apply(acting, task):
        return None
    acting.record(JudicialConfirmationApplied(on=acting.today))
    clocks.start(acting, "confirmation.file", task_key="record_confirmation")
    _issue_for_the_court(acting)
    return {"judicial": "apply"}


def _issue_for_the_court(acting: Acting) -> None:
    """Make what the parties hand in at the court: their application, and the proof of who mediated.

    Interpretation of the civil procedure law (2022), art. 353: the agreement goes with a proof that a body mediated.
    """
    agreement, mediator = agreements.last_draft(acting), acting.case.staff_in(Role.MEDIATOR)
    docketed_on = current.mediation(acting).docketed_on
    of_agreement: dict[str, Any] = {
        "effective_on": agreement.effective_on.isoformat() if agreement.effective_on else "",
        "agreement_number": _agreement_number(acting),
    }
    to = sides.in_mediation(acting)
    papers.issue(acting, "judicial_confirmation_application", to=to, **of_agreement)
    papers.issue(
        acting,
        "mediation_certificate",
        to=to,
        mediator=mediator.user.name if mediator else "",
        docketed_on=docketed_on.isoformat() if docketed_on else "",
        **of_agreement,
    )


def _all_apply(acting: Acting, task: Task) -> bool:
    waiting = acting.session.scalar(
        select(Task.id).where(Task.case_id == task.case_id, Task.engine_id == task.engine_id, Task.state == "open")
    )
    return waiting is None


def _agreement_number(acting: Acting) -> str:
    document = papers.latest(acting.session, acting.case, "mediation_agreement")
    return (document.number if document else None) or acting.case.number


@operation("lapse_confirmation")
def lapse_confirmation(acting: Acting) -> Data:
    """Thirty days have gone without a joint application; the agreement binds as a contract."""
    current.mediation(acting).judicial_confirmation = "lapsed"
    acting.record(JudicialConfirmationLapsed())
    return {}


@step("record_confirmation")
def record_confirmation(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Note when the parties filed their joint application, and what the court did with it.

    It accepts within 3 days and decides within 15 more (provisions of 2011, arts. 4 and 5); its time runs from the day on
    which it received the application, not from that on which the parties agreed to apply.
    """
    result, on = answers["result"], answered.day(answers["on"])
    mediation = current.mediation(acting)
    if mediation.judicial_confirmation == "accepted" and result in ("applied", "accepted"):
        raise RuleBroken("法院的受理已经登记，请登记裁定结果", field="result")
    if result == "applied" and mediation.judicial_confirmation == "applied":
        raise RuleBroken("提交的日期已经登记，请登记法院的处理", field="result")
    mediation.judicial_confirmation = result
    papers.receive(acting, "court_ruling", answers.get("files") or [])
    acting.record(
        JudicialConfirmationRecorded(
            result=CourtResult(result).label, court_number=answers.get("court_number") or "", on=on
        )
    )
    clocks.end(acting, "confirmation.file", met=result != "withdrawn")
    if result == "applied":
        assert on is not None
        acting.milestone("confirmation_applied", on)
        clocks.start(acting, "confirmation.court_accept", task_key="record_confirmation")
        return {"court": "accepted"}  # the step comes back: what the court says is waited for
    clocks.end(acting, "confirmation.court_accept", met=True)
    if result == "accepted":
        assert on is not None
        acting.milestone("confirmation_accepted", on)
        clocks.start(acting, "confirmation.court_decide", task_key="record_confirmation")
        return {"court": "accepted"}
    clocks.end(acting, "confirmation.court_decide", met=True)
    return {"court": "done"}
