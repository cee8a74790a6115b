"""The office's own values: what each is for, what it was before anybody set it, and who changed it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app.models import db
from app.queries import administration
from app.services import settings
from app.services.changing import changing
from app.web.security import address, me
from app.web.words import said

bp = Blueprint("settings", __name__, url_prefix="/administration/settings")
FIELDS = {key.replace(".", "_"): key for key in settings.DEFAULTS}


def _page(form: Any, status: int = 200) -> tuple[str, int]:
    fields = {key: form[field] for field, key in FIELDS.items()}
    page = render_template(
        "settings/index.html",
        form=form,
        defaults={field.name: said(_worded(field, settings.DEFAULTS[key])) for key, field in fields.items()},
        fields=fields,
        worded=_worded,
        changes=administration.setting_changes(db.session()),
    )
    return page, status


def _worded(field: Any, value: Any) -> str:
    """Return a value as the page says it: what stands beside a choice, anything else as it was typed."""
    offered = getattr(field, "offered", {})
    return str(offered.get(value, value))


@bp.get("")
def index() -> tuple[str, int]:
    """Show every value as it holds now."""
    now = settings.office(db.session())
    return _page(forms.build("desk:settings", facts={}, data={field: now[key] for field, key in FIELDS.items()}))


@bp.post("")
def change() -> tuple[str, int] | Response:
    """Change what differs; who changed what from what stays on record."""
    form = forms.build("desk:settings", request.form, facts={})
    if not form.validate():
        return _page(form, 422)
    answers = form.answers()
    with changing(db.session):
        changed = settings.change(
            db.session(), {key: answers[field] for field, key in FIELDS.items()}, by=me(), address=address()
        )
    flash(gettext("已保存 %(n)s 项", n=len(changed)) if changed else gettext("没有变化"), "success")
    return redirect(url_for(".index"), 303)
