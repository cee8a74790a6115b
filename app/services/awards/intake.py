"""The formality check, correction, promised papers, the district's recommendation (domain C.3)."""

from __future__ import annotations

from app import clock
from app.domain.awards import applications
from app.domain.awards.applications import RefusalGround
from app.domain.awards.kinds import Evidence
from app.domain.errors import RuleBroken
from app.domain.events import (
    ApplicationAccepted,
    ApplicationCorrected,
    ApplicationRefused,
    CorrectionAsked,
    DistrictRecommended,
    PapersSupplied,
)
from app.domain.roles import Role
from app.models import AwardRecommendation, OrgUnit, Task
from app.queries import award_options
from app.services import clocks, papers
from app.services.acting import Acting, Answers, Data, act, operation, places, step
from app.services.awards import accounts, current, request


@places(applications.PROCESS)
def where(acting: Acting, key: str, role: str) -> tuple[int | None, int | None]:
    """A district's steps lie in its own unit; a third review in the hands of who was drawn for it."""
    if role == Role.DISTRICT_OFFICER:
        return current.application(acting).district_id, None
    if key == "third_review":
        third = acting.case.seats(Role.REVIEWER)[-1:]
        return None, third[0].user_id if third else None
    return None, None


@step("award_formality")
def award_formality(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Accept the application, on a promise where secondary papers are still to come; ask once for what is missing; or refuse."""
    row = current.application(acting)
    check = answers["check"]
    if check == "accept":
        _accept(acting, row.promised)
    elif check == "correct":
        if row.corrected:
            raise RuleBroken("补正只能一次性告知；材料仍不齐备的，请受理或者不予受理", field="check")
        row.corrected = True
        _ask_for_correction(acting, list(answers["items"]), int(answers["days"]))
    else:
        refuse(acting, [RefusalGround(one) for one in answers["grounds"]], answers.get("explanation") or "")
    return {"check": check}


def _accept(acting: Acting, promised: list[str]) -> None:
    party = current.applicant(acting)
    if not party.organization.verified:
        raise RuleBroken("%(name)s 还没有核验，请先核验单位再受理", field="check", name=party.name)
    acting.milestone("application_accepted", acting.today)
    acting.record(ApplicationAccepted(promised=tuple(Evidence(one).label for one in promised)))
    if promised:
        acting.lengths["award.secondary"] = award_options.days(acting.session, "award.secondary_days")
        clocks.start(acting, "award.secondary")


def _ask_for_correction(acting: Acting, items: list[str], days: int) -> None:
    acting.milestone("correction_asked", acting.today)
    acting.lengths["award.correction"] = days
    acting.record(CorrectionAsked(items=tuple(items), days=days))
    papers.issue(acting, "award_correction_notice", to=[current.applicant(acting)], items=items, days=days)


def refuse(acting: Acting, grounds: list[RefusalGround], explanation: str) -> None:
    """Refuse the application with its grounds, and tell the applicant."""
    acting.record(ApplicationRefused(grounds=tuple(one.label for one in grounds), explanation=explanation))
    papers.issue(
        acting,
        "award_refusal_notice",
        to=[current.applicant(acting)],
        grounds=[one.label for one in grounds],
        explanation=explanation,
    )


@step("correct_application")
def correct_application(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what was asked for; what was wrong in the application is put right."""
    row = current.application(acting)
    line = current.line(acting, row)
    if things := request.things_of(answers.get("things") or []):
        applications.refuse_bad_things(things, line, row.applied_on)
        request.rewrite(acting, row, line, things, base=answers.get("base"))
    if answers.get("account"):
        account = accounts.checked(current.applicant(acting).organization, answers)
        row.account_name, row.bank, row.account = account.name, account.bank, account.number
    files = list(answers.get("files") or [])
    papers.receive(acting, "corrected_materials", files, party=task.party)
    acting.milestone("application_received", acting.today)  # what runs from receipt runs from the complete application
    acting.record(ApplicationCorrected(explanation=answers.get("explanation") or "", files=len(files)))
    return {}


@operation("refuse_application_uncorrected")
def refuse_application_uncorrected(acting: Acting) -> Data:
    """Refuse the application because the time to correct it ran out in silence."""
    refuse(acting, [RefusalGround.UNCORRECTED], "")
    return {}


@operation("look_at_promise")
def look_at_promise(acting: Acting) -> Data:
    """Say whether anything that was promised is still to come."""
    return {"promised": bool(current.application(acting).promised)}


@step("supply_papers")
def supply_papers(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in every paper that was promised, once the district has spoken and it is waited for."""
    _supply(acting, answers)
    return {}


@act("supply_papers")
def supply_papers_early(acting: Acting, answers: Answers) -> Data | None:
    """Take in every paper that was promised before anybody waits for it."""
    _supply(acting, answers)
    clocks.end(acting, "award.secondary", met=True)
    return None


def _supply(acting: Acting, answers: Answers) -> None:
    """Take in what was promised; none is left out."""
    row = current.application(acting)
    party = current.applicant(acting)
    given = {one["kind"]: one["files"] for one in answers["papers"] if one["files"]}
    for place, kind in enumerate(row.promised):
        if kind not in given:
            raise RuleBroken("缺少材料：%(what)s", field=f"papers-{place}-files", what=Evidence(kind).label)
    for kind in row.promised:
        papers.receive(acting, "award_evidence", given[kind], party=party, title=Evidence(kind).label)
    acting.record(PapersSupplied(papers=tuple(Evidence(one).label for one in row.promised)))
    row.promised = []


@operation("break_promise")
def break_promise(acting: Acting) -> Data:
    """End the review because what was promised did not come in time."""
    row = current.application(acting)
    missing = "、".join(Evidence(one).label for one in row.promised)
    refuse(acting, [RefusalGround.UNCORRECTED], f"承诺补交的材料没有在期限内补齐：{missing}")
    return {}


@step("recommend")
def recommend(acting: Acting, task: Task, answers: Answers) -> Data:
    """Keep what the district says: a recommendation, or why it advises against."""
    assert acting.by is not None and task.unit_id is not None
    unit = acting.session.get_one(OrgUnit, task.unit_id)
    acting.session.add(
        AwardRecommendation(
            case_id=acting.case.id,
            unit_id=unit.id,
            recommended=bool(answers["recommended"]),
            opinion=answers["opinion"],
            by_id=acting.by.id,
            at=clock.now(),
        )
    )
    acting.record(
        DistrictRecommended(unit=unit.name, recommended=bool(answers["recommended"]), opinion=answers["opinion"])
    )
    clocks.end(acting, "award.recommend", met=True)
    return {}
