"""The second factor of one's own account: setting it up, recovery codes, going without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.edge.sentences import sentence, status_of
from app.models import db
from app.services import second_factor
from app.services.changing import changing
from app.web.security import address, keep_signed_in, me
from forms.second_factor import ConfirmSecondFactor, SecondFactorCode

bp = Blueprint("second_factor", __name__, url_prefix="/profile/second-factor")


def _page(form: Any = None) -> str:
    session, user = db.session(), me()
    row = second_factor.of(session, user)
    pending = row is not None and row.since is None
    uri = second_factor.address_of(row, user) if row is not None and pending else ""
    return render_template(
        "second_factor/show.html",
        row=row,
        pending=pending,
        picture=segno.make(uri, error="m").svg_data_uri(scale=4, light="white") if uri else "",
        form=form or (ConfirmSecondFactor() if pending else SecondFactorCode()),
        left=second_factor.codes_left(session, user),
        required=second_factor.is_required(user),
    )


@bp.get("")
def show() -> str:
    """Show whether there is a second factor; while it is set up, the secret for the phone."""
    return _page()


@bp.post("/begin")
def begin() -> Response:
    """Make a secret."""
    with changing(db.session()):
        second_factor.begin(db.session(), by=me())
    return redirect(url_for(".show"), 303)


@bp.post("/confirm")
def confirm() -> str | tuple[str, int]:
    """Put the secret to use and show the recovery codes, once; this session lives on, all others end."""
    return _with_code(ConfirmSecondFactor(request.form), second_factor.confirm)


@bp.post("/codes")
def renew() -> str | tuple[str, int]:
    """Show new recovery codes, once."""
    return _with_code(SecondFactorCode(request.form), second_factor.renew_codes)


def _with_code(form: Any, act: Callable[..., list[str]]) -> str | tuple[str, int]:
    """Do something that gives new recovery codes; a refusal is said beside the field."""
    user = me()
    if not form.validate():
        return _page(form), 422
    try:
        with changing(db.session()):
            made = act(db.session(), form.code.data, by=user, address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(form), status_of(refusal)
    keep_signed_in(user)
    return render_template("second_factor/codes.html", codes=made)


@bp.post("/end")
def end() -> tuple[str, int] | Response:
    """Go without a second factor again."""
    form = SecondFactorCode(request.form)
    if not form.validate():
        return _page(form), 422
    try:
        with changing(db.session()):
            second_factor.end(db.session(), form.code.data, by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(form), status_of(refusal)
    flash(gettext("两步验证已关闭"), "success")
    return redirect(url_for("profile.show"), 303)
