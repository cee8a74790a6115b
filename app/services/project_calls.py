"""Calls for projects (项目库): drawn up by who keeps the roster or a liaison, published by somebody else, then never changed."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock, notifications, policy
from app.domain.roster import projects
from app.domain.roster.projects import Terms
from app.models import ProjectCall, User
from app.queries import project_calls as queries
from app.services import access_log, drawing_up


def begin(session: Session, terms: Terms, *, by: User) -> ProjectCall:
    """Begin a call that says ``terms``."""
    policy.check(by, "project_call.draw_up")
    projects.refuse_misfits(terms, clock.today())
    call = ProjectCall(made_by_id=by.id, made_at=clock.now())
    _write(call, terms)
    session.add(call)
    return call


def rewrite(session: Session, call: ProjectCall, terms: Terms, *, by: User) -> None:
    """Let a draft say ``terms``."""
    policy.check(by, "project_call.draw_up", call)
    drawing_up.take_draft(session, call)
    projects.refuse_misfits(terms, clock.today())
    _write(call, terms)
    call.made_by_id, call.made_at = by.id, clock.now()


def propose(session: Session, call: ProjectCall, *, by: User) -> None:
    """Hand a draft to whoever publishes it."""
    policy.check(by, "project_call.draw_up", call)
    drawing_up.take_draft(session, call)
    projects.refuse_misfits(call.terms, clock.today())
    drawing_up.hand_over(call, by=by)


def publish(session: Session, call: ProjectCall, *, by: User, address: str = "") -> None:
    """Publish what was proposed, number it and tell whom it is for; whoever drew it up does not (four eyes)."""
    policy.check(by, "project_call.publish", call)
    drawing_up.take_proposed(session, call)
    drawing_up.refuse_own(call, by)
    projects.refuse_misfits(call.terms, clock.today())
    call.number = (session.scalar(select(func.max(ProjectCall.number))) or 0) + 1
    drawing_up.decide(call, "published", by=by)
    session.flush()  # the messages link to it
    notifications.project_call_published(session, call, queries.members_for(session, call, clock.today()))
    access_log.record(session, "project_call_published", user=by, address=address, number=call.number)


def send_back(session: Session, call: ProjectCall, *, by: User) -> None:
    """Give a proposed call back to be drawn up further."""
    policy.check(by, "project_call.publish", call)
    drawing_up.take_proposed(session, call)
    call.proposed_at = None


def discard(session: Session, call: ProjectCall, *, by: User) -> None:
    """Throw a draft away."""
    policy.check(by, "project_call.draw_up", call)
    drawing_up.take_draft(session, call)
    drawing_up.decide(call, "discarded", by=by)


def _write(call: ProjectCall, terms: Terms) -> None:
    call.title, call.level, call.kind = terms.title, terms.level.value, terms.kind.value
    call.industries, call.conditions, call.places = list(terms.industries), terms.conditions, terms.places
    call.opens_on, call.closes_on, call.members_only = terms.opens_on, terms.closes_on, terms.members_only
    call.link, call.notes = terms.link, terms.notes
