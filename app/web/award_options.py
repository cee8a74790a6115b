"""What the programme leaves open about awards, and how the office settles it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import policy
from app.domain.awards.options import OPTIONS, Option
from app.models import db
from app.queries import award_options as queries
from app.services import award_options
from app.services.changing import changing
from app.web.security import address, me

bp = Blueprint("award_options", __name__, url_prefix="/award-options")
FIELDS = {key.replace(".", "_"): key for key in OPTIONS}


def _page(form: Any, status: int = 200) -> tuple[str, int]:
    may = policy.may(me(), "award_options.choose")
    page = render_template(
        "award_options/index.html", form=form, options=OPTIONS, fields=FIELDS, may_choose=may, answer=_answer
    )
    return page, status


def _answer(option: Option, value: Any) -> str:
    """Return an answer as the page says it."""
    if isinstance(option.answers, tuple):
        return str(gettext("%(n)s 个工作日", n=value))
    return str(gettext(option.answers(value).label))


@bp.get("")
def index() -> tuple[str, int]:
    """Show every question with what holds now and why."""
    now = queries.chosen(db.session())
    data = {field: now[key] for field, key in FIELDS.items()}
    return _page(forms.build("desk:award_options", facts={}, data=data))


@bp.post("")
def choose() -> tuple[str, int] | Response:
    """Settle what differs; who settled what otherwise stays on record."""
    form = forms.build("desk:award_options", request.form, facts={})
    if not form.validate():
        return _page(form, 422)
    answers = form.answers()
    with changing(db.session):
        values = {key: answers[field] for field, key in FIELDS.items()}
        changed = award_options.choose(db.session(), values, by=me(), address=address())
    flash(gettext("已保存 %(n)s 项", n=len(changed)) if changed else gettext("没有变化"), "success")
    return redirect(url_for(".index"), 303)
