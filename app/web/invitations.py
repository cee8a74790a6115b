"""Invitations: the office hands a party without an account the code with which it comes into its case."""

from __future__ import annotations

from flask import Blueprint, render_template

from app import policy
from app.domain.errors import NotFound
from app.models import db
from app.queries import cases as queries
from app.services import accounts
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("invitations", __name__, url_prefix="/cases/<int:case_id>/parties/<int:party_id>/invite")


@bp.post("")
def create(case_id: int, party_id: int) -> str:
    """Make a code for a party and show it this once, with what the party has to do with it."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "party.invite", case)
    party = next((p for p in case.parties if p.id == party_id), None)
    if party is None:
        raise NotFound("party")
    with changing(db.session):
        code = accounts.invite(db.session(), party, me())
    return render_template("invitations/show.html", case=case, party=party, code=code, days=accounts.INVITATION_DAYS)
