"""Projects, for units: the calls that fit them, and what they have filed."""

from __future__ import annotations

from flask import Blueprint, render_template

from app import clock, policy
from app.models import db
from app.queries import processes, project_calls, projects, roster
from app.web.security import me

bp = Blueprint("own_projects", __name__, url_prefix="/projects")


@bp.get("")
def index() -> str:
    """Show what the unit may file for, those calls that fit its own profile first, and what it has filed."""
    session, user, today = db.session(), me(), clock.today()
    member = roster.own_membership(session, user, today)
    calls = [one for one in project_calls.open_on(session, today) if member or not one.members_only]
    fitting = [one for one in calls if project_calls.is_for(one, member)]
    offered = processes.current(session, "project") is not None
    return render_template(
        "projects/own.html",
        member=member,
        fitting=fitting,
        others=[one for one in calls if one not in fitting],
        projects=projects.own(session, user),
        may_file=offered and policy.may(user, "case.start.project"),
    )
