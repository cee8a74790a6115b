"""Invitations: a party, or an agent of one, who has no account comes into the case with a code that is handed over."""

from __future__ import annotations

from flask import Blueprint, render_template

from app import policy
from app.domain.errors import NotFound
from app.models import Case, db
from app.queries import cases as queries
from app.services import invitations
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("invitations", __name__, url_prefix="/cases/<int:case_id>")


@bp.post("/parties/<int:party_id>/invite")
def create(case_id: int, party_id: int) -> str:
    """Make a code for a party and show it this once, with what the party has to do with it."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "party.invite", case)
    party = next((p for p in case.parties if p.id == party_id), None)
    if party is None:
        raise NotFound("party")
    with changing(db.session):
        code = invitations.invite(db.session(), party, me())
    return _shown(case, party.name, code)


@bp.post("/agents/<int:agent_id>/invite")
def create_for_agent(case_id: int, agent_id: int) -> str:
    """Make a code for an agent of a party and show it this once."""
    case = queries.case_for(db.session(), me(), case_id)
    agent = next((a for p in case.parties for a in p.agents if a.id == agent_id), None)
    if agent is None:
        raise NotFound("agent")
    with changing(db.session):
        code = invitations.invite_agent(db.session(), agent, me())
    return _shown(case, agent.name, code)


def _shown(case: Case, name: str, code: str) -> str:
    return render_template("invitations/show.html", case=case, name=name, code=code, days=invitations.DAYS)
