"""Direct awards (免申即享): a recognised unit confirms name, amount and account, appeals, or waives."""

from __future__ import annotations

from app.domain.awards import applications
from app.domain.errors import RuleBroken
from app.domain.events import AppealSettled, GrantAppealed, GrantConfirmed, GrantWaived
from app.models import Task
from app.services import answered, papers
from app.services.acting import Acting, Answers, Data, operation, step
from app.services.awards import accounts, current, request


@step("confirm_grant")
def confirm_grant(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in the account of a unit that confirms, why it appeals, or that it waives."""
    row = current.application(acting)
    match answers["confirmation"]:
        case "confirm":
            account = accounts.checked(current.applicant(acting).organization, answers)
            row.account_name, row.bank, row.account = account.name, account.bank, account.number
            row.verdict = applications.Verdict.SUPPORT.value
            acting.record(GrantConfirmed())
        case "appeal":
            papers.receive(acting, "award_evidence", answers.get("files") or [], party=task.party, title="异议材料")
            acting.milestone("grant_appealed", acting.today)
            acting.record(GrantAppealed(reason=answers["reason"]))
        case _:
            acting.record(GrantWaived())
    return {"confirmation": answers["confirmation"]}


@step("settle_appeal")
def settle_appeal(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Put right what the unit found wrong, or say why it stays; the unit confirms anew."""
    row = current.application(acting)
    line = current.line(acting, row)
    if answers["upheld"] and (things := request.things_of(answers.get("things") or [])):
        applications.refuse_bad_things(things, line, row.applied_on)
        request.rewrite(acting, row, line, things, base=answered.money(answers.get("base")))
    elif answers["upheld"]:
        raise RuleBroken("异议成立的，请填写更正后的事项", field="things")
    acting.milestone("grant_offered", acting.today)
    acting.record(AppealSettled(upheld=bool(answers["upheld"]), reason=answers["reason"]))
    return {}


@operation("lapse_grant")
def lapse_grant(acting: Acting) -> Data:
    """End the case of a unit that did not confirm in time."""
    papers.issue(acting, "award_lapse_notice", to=[current.applicant(acting)])
    return {}
