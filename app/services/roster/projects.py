"""A project that a unit files for a call: who may, on which course, who is there for it, and what is done with it (M09, M10)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app import clock
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import (
    ProjectDecided,
    ProjectFiled,
    ProjectGuided,
    ProjectLiaisonSeated,
    ProjectNotRecommended,
    ProjectRecommended,
    ProjectReported,
    ProjectReturned,
    ProjectRevised,
    ProjectRevisionAsked,
    ProjectRevisionLapsed,
)
from app.domain.roles import PartyRole, Role
from app.domain.roster import projects as rules
from app.domain.roster.projects import Result
from app.models import CaseStaff, Organization, Party, Project, ProjectCall, RosterMember, Task, User
from app.queries import conflicts, project_calls, roster
from app.queries import projects as queries
from app.services import answered, filing, papers, tasks
from app.services.acting import Acting, Answers, Data, operation, start, step
from app.services.roster import places

# -- filing ------------------------------------------------------------------------------------------------------------


@start(rules.PROCESS)
def file_project(acting: Acting, answers: Answers) -> Data:
    """Enter the project, its unit and its papers; a member of the roster goes the green channel, to its own liaison."""
    organization = _own(acting, answers)
    call = project_calls.numbered(acting.session, int(answers["call_number"]))
    member = _membership(acting, organization)
    rules.refuse_outside(
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        members_only=call.members_only,
        member=member is not None,
        today=acting.today,
    )
    channel = rules.channel(member=member is not None)
    _enter(acting, organization, call, answers["heading"])
    _row(acting, organization, call, member, answers)
    acting.milestone("project_filed", acting.today)
    files = list(answers.get("files") or [])
    acting.record(ProjectFiled(call=call.title, channel=channel.label, files=len(files)))
    papers.receive(acting, "project_materials", files, party=acting.case.parties[0])
    liaison = _own_liaison(acting, member)
    if liaison is not None:
        _begin_guidance(acting, liaison)
    return {"channel": channel.value, "seated": liaison is not None, "guidance": "open", "examination": "open"}


def _own(acting: Acting, answers: Answers) -> Organization:
    if acting.by is None or answers["organization"] not in acting.by.organization_ids:
        raise NotAllowed("您不能代表这家单位申报")
    return acting.session.get_one(Organization, answers["organization"])


def _membership(acting: Acting, organization: Organization) -> RosterMember | None:
    """Return the membership of the unit today. Raises ``RuleBroken`` while nobody knows that its people are its own."""
    member = roster.membership(acting.session, organization.id, acting.today)
    if member is not None and not organization.verified:
        raise RuleBroken(
            "%(name)s 还没有核验，核验后才能以名录内单位申报", field="organization", name=organization.name
        )
    return member


def _enter(acting: Acting, organization: Organization, call: ProjectCall, heading: str) -> None:
    """Enter the case with its unit and its one party, and call it by both."""
    session, case = acting.session, acting.case
    case.unit_id = filing.bureau_id(session)
    case.parties.append(
        Party(
            organization=organization,
            role=PartyRole.APPLICANT.value,
            place=1,
            sees=True,
            files_itself=True,
            own_words=True,
            e_service_consent=True,
        )
    )
    case.title = case.title_en = f"{organization.name} {heading}"
    case.party_names, case.subject = organization.name, call.title
    session.add(case)
    session.flush()  # what follows refers to the case by id


def _row(
    acting: Acting, organization: Organization, call: ProjectCall, member: RosterMember | None, answers: Answers
) -> None:
    acting.session.add(
        Project(
            case_id=acting.case.id,
            call_id=call.id,
            organization_id=organization.id,
            member_id=member.id if member else None,
            district_id=queries.district_of(acting.session, member, organization),
            filed_on=acting.today,
            title=answers["heading"],
            asked=answered.money(answers.get("asked")) or Decimal(0),
            content=answers["content"],
        )
    )


def _own_liaison(acting: Acting, member: RosterMember | None) -> User | None:
    """Return who is there for the member and can take the project; nobody who has left or has a conflict."""
    liaison = member.liaison if member else None
    if liaison is None or not liaison.active or not liaison.has_role(Role.LIAISON):
        return None
    return None if conflicts.conflicts(acting.session, liaison, acting.case) else liaison


# -- who is there for it -----------------------------------------------------------------------------------------------


def seat(acting: Acting, liaison: User) -> CaseStaff:
    """Let a liaison have the case from now on."""
    row = CaseStaff(user=liaison, user_id=liaison.id, role=Role.LIAISON.value, since=clock.now())
    acting.case.staff.append(row)
    acting.session.flush()  # tasks belong to the seat by id
    return row


def liaison_named(acting: Acting, user_id: int) -> User:
    """Return the liaison that was chosen. Raises ``RuleBroken`` for who is none, or has to step aside."""
    liaison = acting.session.get_one(User, user_id)
    if not liaison.active or not liaison.has_role(Role.LIAISON):
        raise RuleBroken("请选择直联专员", field="liaison")
    tasks.refuse_conflict(acting.session, liaison, acting.case, field="liaison")
    return liaison


def _begin_guidance(acting: Acting, liaison: User) -> None:
    seat(acting, liaison)
    acting.milestone("guidance_due", acting.today)
    acting.record(ProjectLiaisonSeated(name=liaison.name))


@step("assign_liaison")
def assign_liaison(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Give the project to a liaison."""
    _begin_guidance(acting, liaison_named(acting, answers["liaison"]))
    return {"seated": True}


# -- guidance ----------------------------------------------------------------------------------------------------------


@step("guide_project")
def guide_project(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Keep what the liaison advised: the project is ready to be examined, or the unit is asked to revise it."""
    row = project_of(acting)
    if answers["guidance"] == "revise":
        if row.revisions >= rules.MOST_REVISIONS:
            raise RuleBroken("最多请单位修改 %(most)s 次，请送审查", field="guidance", most=rules.MOST_REVISIONS)
        row.revisions += 1
        acting.milestone("revision_asked", acting.today)
        acting.record(ProjectRevisionAsked(notes=answers["notes"], items=tuple(answers["items"])))
    else:
        acting.milestone("guidance_ended", acting.today)
        acting.record(ProjectGuided(notes=answers["notes"]))
    return {"guidance": answers["guidance"]}


@step("revise_project")
def revise_project(acting: Acting, task: Task, answers: Answers) -> Data:
    """Take in what the unit changed; what it does not write anew stays as it was."""
    row = project_of(acting)
    row.title = answers.get("heading") or row.title
    row.content = answers.get("content") or row.content
    asked = answered.money(answers.get("asked"))
    row.asked = row.asked if asked is None else asked
    files = list(answers.get("files") or [])
    papers.receive(acting, "project_materials", files, party=task.party)
    acting.milestone("guidance_due", acting.today)
    acting.record(ProjectRevised(explanation=answers["explanation"], files=len(files)))
    return {}


@operation("lapse_revision")
def lapse_revision(acting: Acting) -> Data:
    """Go on with the project as it was filed: the unit has not revised it in time."""
    acting.milestone("guidance_due", acting.today)
    acting.record(ProjectRevisionLapsed())
    return {}


# -- examination ---------------------------------------------------------------------------------------------------------


@step("examine_project")
def examine_project(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Recommend the project within the places of its call, decline to, or give it back to be guided further."""
    row = project_of(acting)
    match answers["examination"]:
        case "recommended":
            places.take(acting.session, row)
            row.recommended_on = acting.today
            acting.milestone("project_recommended", acting.today)
            acting.record(ProjectRecommended(opinion=answers["opinion"]))
        case "returned":
            if row.returns >= rules.MOST_RETURNS:
                raise RuleBroken("最多退回辅导 %(most)s 次，请作出结论", field="examination", most=rules.MOST_RETURNS)
            row.returns += 1
            acting.milestone("guidance_due", acting.today)
            acting.record(ProjectReturned(reason=answers["opinion"]))
        case _:
            acting.record(ProjectNotRecommended(reason=answers["opinion"]))
    return {"examination": answers["examination"]}


# -- what the upper authority does ---------------------------------------------------------------------------------------


@step("report_project")
def report_project(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Register that the project went to the upper authority."""
    row = project_of(acting)
    on = answered.day(answers["reported_on"])
    assert on is not None
    if row.recommended_on is not None and on < row.recommended_on:
        raise RuleBroken("报送日期不能早于推荐的日期 %(day)s", field="reported_on", day=row.recommended_on)
    row.reported_on, row.report_number = on, answers["report_number"]
    acting.record(ProjectReported(on=on, number=row.report_number))
    return {}


@step("record_result")
def record_result(acting: Acting, _task: Task, answers: Answers) -> Data:
    """Register what the upper authority decided."""
    row = project_of(acting)
    on, result = answered.day(answers["result_on"]), Result(answers["result"])
    assert on is not None
    if row.reported_on is not None and on < row.reported_on:
        raise RuleBroken("结果的日期不能早于报送的日期 %(day)s", field="result_on", day=row.reported_on)
    row.result, row.result_on, row.result_number = result.value, on, answers.get("result_number") or ""
    row.granted = answered.money(answers.get("granted")) if result is Result.FUNDED else None
    papers.receive(acting, "project_result_paper", _files(answers))
    acting.record(
        ProjectDecided(
            funded=result is Result.FUNDED,
            on=on,
            amount=row.granted,
            number=row.result_number,
            note=answers.get("note") or "",
        )
    )
    return {"result": result.value}


def project_of(acting: Acting) -> Project:
    """Return the project of the case in hand."""
    return acting.session.get_one(Project, acting.case.id)


def _files(answers: Answers) -> Sequence[int]:
    return list(answers.get("files") or [])
