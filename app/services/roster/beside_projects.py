"""Beside the main line of a project: withdrawing it, another liaison, and what a funded project achieves (M14)."""

from __future__ import annotations

from app import clock
from app.domain.errors import RuleBroken
from app.domain.events import ProjectLiaisonChanged, ProjectMilestoneRecorded, ProjectWithdrawn
from app.domain.roles import Role
from app.services import answered, papers, stepping
from app.services.acting import Acting, Answers, Data, act
from app.services.roster import places, projects


@act("withdraw_project")
def withdraw_project(acting: Acting, answers: Answers) -> Data:
    """Withdraw the project; the place that it holds is free again."""
    papers.receive(acting, "project_materials", list(answers.get("files") or []), title="撤回申请")
    places.give_back(acting.session, projects.project_of(acting))
    acting.record(ProjectWithdrawn(reason=answers["reason"]))
    return {}


@act("change_project_liaison")
def change_project_liaison(acting: Acting, answers: Answers) -> Data | None:
    """Let another liaison be there for the project, with what is open in the hands of who was before."""
    was = acting.case.staff_in(Role.LIAISON)
    if was is None:
        raise RuleBroken("本项目还没有直联专员，请先指派", field="liaison")
    liaison = projects.liaison_named(acting, answers["liaison"])
    if liaison.id == was.user_id:
        raise RuleBroken("%(name)s 已经是本项目的直联专员", field="liaison", name=liaison.name)
    was.until, was.left_because = clock.now(), "handed_over"
    stepping.pass_on(acting, was, projects.seat(acting, liaison))
    acting.record(ProjectLiaisonChanged(was=was.user.name, name=liaison.name, reason=answers["reason"]))
    return None


@act("record_project_milestone")
def record_project_milestone(acting: Acting, answers: Answers) -> Data | None:
    """Keep what a funded project has reached, with its reports (M14, M60)."""
    on = answered.day(answers["on"])
    assert on is not None
    papers.receive(acting, "project_deliverable", list(answers.get("files") or []))
    acting.record(ProjectMilestoneRecorded(on=on, what=answers["text"]))
    return None
