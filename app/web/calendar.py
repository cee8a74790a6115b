"""The office's working calendar: what a change would move is shown before it is made, and kept afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock
from app.domain.calendar import PUBLISHED
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.queries import administration
from app.services import calendars
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("calendar", __name__, url_prefix="/administration/calendar")


def _page(form: Any, status: int = 200) -> tuple[str, int]:
    year = request.args.get("year", "")
    shown = int(year) if year.isdecimal() and len(year) == 4 and int(year) > 0 else clock.today().year
    session = db.session()
    page = render_template(
        "calendar/index.html",
        year=shown,
        published=PUBLISHED[-1],
        days=administration.overrides(session, shown),
        changes=administration.changes(session),
        form=form,
    )
    return page, status


@bp.get("")
def index() -> tuple[str, int]:
    """Show the office's own days and its latest changes."""
    return _page(forms.build("desk:calendar", facts={}))


@bp.post("")
def change() -> tuple[str, int] | Response:
    """Show which periods the change would move; once that is confirmed, make it and show its record."""
    form = forms.build("desk:calendar", request.form, facts={})
    if "edit" in request.form:
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    answers = form.answers()
    working = {"working": True, "off": False, "published": None}[answers["kind"]]
    days = [(date.fromisoformat(text), working) for text in answers["days"]]
    try:
        if "confirmed" not in request.form:
            moved = calendars.preview(db.session(), days, by=me())
            return render_template("calendar/check.html", form=form, moved=moved), 200
        with changing(db.session):
            row = calendars.change(db.session(), days, reason=answers["reason"], by=me())
            db.session.flush()
            change_id = row.id
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(form, 422)
    flash(gettext("日历已更新"), "success")
    return redirect(url_for(".show", change_id=change_id), 303)


@bp.get("/changes/<int:change_id>")
def show(change_id: int) -> str:
    """Show a change: who made it when, and which periods it moved from when to when."""
    return render_template("calendar/show.html", change=administration.change(db.session(), change_id))
