"""Objections to public notices, for those who handle what the notice is about; for everybody else they are not there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import policy
from app.domain.errors import NotFound
from app.domain.masking import Protected
from app.domain.notices import Ground, ObjectionState, Paper, Subject
from app.edge.files import handed_out
from app.models import Objection, db
from app.queries import objections as queries
from app.services import objections
from app.services.changing import changing
from app.web.security import address, me

bp = Blueprint("objections", __name__, url_prefix="/objections")


@bp.get("")
def index() -> str:
    """List the objections that this person handles: those to be handled, or those that are done."""
    wanted = queries.wanted_from(request.args)
    page = queries.page(db.session(), me(), wanted)
    subjects = [one for one in Subject if policy.may(me(), "objection.handle", one)]
    return render_template("objections/index.html", wanted=wanted, page=page, subjects=subjects)


@bp.get("/<int:objection_id>")
def show(objection_id: int) -> str:
    """Show an objection with its papers, and what can be done with it."""
    return _page(_asked_for(objection_id))


@bp.post("/<int:objection_id>/accept")
def accept(objection_id: int) -> Answer:
    """Accept an objection."""
    objection = _asked_for(objection_id)
    with changing(db.session):
        objections.accept(db.session(), objection, by=me(), address=address())
    return _done(objection_id, gettext("已受理"))


@bp.post("/<int:objection_id>/turn-down")
def turn_down(objection_id: int) -> tuple[str, int] | Answer:
    """Do not accept an objection, with the ground."""
    objection = _asked_for(objection_id)
    form = forms.build("desk:objection_turn_down", request.form, facts={})
    if not form.validate():
        return _page(objection, turning_down=form), 422
    answers = form.answers()
    with changing(db.session):
        ground, answer = Ground(answers["ground"]), answers["answer"]
        objections.turn_down(db.session(), objection, ground=ground, answer=answer, by=me(), address=address())
    return _done(objection_id, gettext("已作不予受理处理"))


@bp.post("/<int:objection_id>/decision")
def decide(objection_id: int) -> tuple[str, int] | Answer:
    """Uphold or dismiss an accepted objection."""
    objection = _asked_for(objection_id)
    form = forms.build("desk:objection_decide", request.form, facts={})
    if not form.validate():
        return _page(objection, deciding=form), 422
    answers = form.answers()
    with changing(db.session):
        outcome, answer = ObjectionState(answers["outcome"]), answers["answer"]
        objections.decide(db.session(), objection, outcome, answer=answer, by=me(), address=address())
    return _done(objection_id, gettext("已作出处理"))


@bp.route("/<int:objection_id>/protected/<what>", methods=("GET", "POST"))
def reveal(objection_id: int, what: str) -> tuple[str, int]:
    """Show a protected value in full, once, with a reason that stays on record."""
    objection = _asked_for(objection_id)
    if what not in (Protected.PHONE, Protected.RESIDENT_ID):
        raise NotFound("objection")
    form = forms.build("desk:reveal", request.form if request.method == "POST" else None, facts={})
    value = None
    if request.method == "POST" and form.validate():
        reason = form.answers()["reason"]
        with changing(db.session):
            value = objections.reveal(db.session(), objection, what, reason=reason, by=me(), address=address())
        objection = _asked_for(objection_id)
    status = 422 if form.errors else 200
    page = render_template("objections/reveal.html", objection=objection, what=what, form=form, value=value)
    return page, status


@bp.get("/<int:objection_id>/papers/<int:file_id>")
def paper(objection_id: int, file_id: int) -> Response:
    """Hand out a file that came with an objection."""
    return handed_out(queries.paper(db.session(), me(), objection_id, file_id))


def _asked_for(objection_id: int) -> Objection:
    return queries.objection(db.session(), me(), objection_id)


def _page(objection: Objection, turning_down: Any = None, deciding: Any = None) -> str:
    return render_template(
        "objections/show.html",
        objection=objection,
        papers=Paper,
        turning_down=turning_down or forms.build("desk:objection_turn_down", facts={}),
        deciding=deciding or forms.build("desk:objection_decide", facts={}),
    )


def _done(objection_id: int, told: str) -> Answer:
    flash(told, "success")
    return redirect(url_for(".show", objection_id=objection_id), 303)
