"""Linking cases that belong together."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import policy
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.queries import cases as queries
from app.services import links
from app.services.changing import changing
from app.web.security import me
from forms.link import LinkCase

bp = Blueprint("links", __name__, url_prefix="/cases/<int:case_id>/links")


@bp.get("/new")
def new(case_id: int) -> str:
    """Show the form that links a case with another one."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "case.link", case)
    return render_template("links/new.html", case=case, form=LinkCase())


@bp.post("/new")
def create(case_id: int) -> tuple[str, int] | Response:
    """Link a case with another one."""
    case = queries.case_for(db.session(), me(), case_id)
    policy.check(me(), "case.link", case)
    form = LinkCase(request.form)
    if not form.validate():
        return render_template("links/new.html", case=case, form=form), 422
    try:
        with changing(db.session()):
            links.link(db.session(), case, **form.answers(), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        case = queries.case_for(db.session(), me(), case_id)
        return render_template("links/new.html", case=case, form=form), 422
    return _done(case_id, gettext("案件已关联"))


@bp.post("/<int:link_id>/remove")
def remove(case_id: int, link_id: int) -> Response:
    """Take a link back."""
    case = queries.case_for(db.session(), me(), case_id)
    try:
        with changing(db.session()):
            links.unlink(db.session(), case, link_id, reason=request.form.get("reason", "")[:500], by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for("cases.show", case_id=case_id), 303)
    return _done(case_id, gettext("关联已取消"))


def _done(case_id: int, text: str) -> Response:
    flash(text, "success")
    return redirect(url_for("cases.show", case_id=case_id), 303)
