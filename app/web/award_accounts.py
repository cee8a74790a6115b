"""The account of an application in full: for finance and reviewers, with a reason that stays on record."""

from __future__ import annotations

from flask import Blueprint, render_template, request

import forms
from app import policy
from app.domain.errors import NotFound
from app.models import db
from app.queries import cases as queries
from app.services.awards import accounts
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("award_accounts", __name__, url_prefix="/cases/<int:case_id>/account")


@bp.route("", methods=("GET", "POST"))
def reveal(case_id: int) -> tuple[str, int]:
    """Show the account in full, once."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "award.reveal_account", case)
    if case.award is None or not case.award.account:
        raise NotFound("account")
    form = forms.build("desk:reveal", request.form if request.method == "POST" else None, facts={})
    value = None
    if request.method == "POST" and form.validate():
        with changing(db.session):
            value = accounts.reveal(db.session(), case.id, reason=form.answers()["reason"], by=me())
    status = 422 if form.errors else 200
    return render_template("awards/account.html", case=case, form=form, value=value), status
