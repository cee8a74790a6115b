"""Signing in and leaving."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.edge.sentences import sentence, status_of
from app.models import db
from app.services import accounts, second_factor
from app.services.changing import changing
from app.web.menu import home
from app.web.security import address, halfway, me, safe_next, sign_in, sign_in_halfway
from forms.account import Login
from forms.second_factor import SecondFactorCode

bp = Blueprint("sessions", __name__)


@bp.get("/login")
def new() -> str | Response:
    """Show the login form; who is signed in already goes on."""
    target = safe_next(request.args.get("next"))
    if me().is_authenticated:
        return redirect(target or url_for("public.home"), 303)
    return render_template("sessions/new.html", form=Login(), next=target)


@bp.post("/login")
def create() -> tuple[str, int] | Response:
    """Sign in and go to the page that was asked for."""
    form = Login(request.form)
    target = safe_next(request.form.get("next"))
    if not form.validate():
        return render_template("sessions/new.html", form=form, next=target), 422
    try:
        with changing(db.session()):
            user = accounts.authenticate(db.session(), form.username.data, form.password.data, address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("sessions/new.html", form=form, next=target), status_of(refusal)
    if second_factor.is_on(db.session(), user):
        sign_in_halfway(user)
        return redirect(url_for(".code", next=target), 303)
    sign_in(user)
    return redirect(target or home(me()), 303)


@bp.get("/login/code")
def code() -> str | Response:
    """Ask for the second factor of somebody whose password was right."""
    target = safe_next(request.args.get("next"))
    if halfway() is None:
        return redirect(url_for(".new", next=target), 303)
    return render_template("sessions/code.html", form=SecondFactorCode(), next=target)


@bp.post("/login/code")
def check_code() -> tuple[str, int] | Response:
    """Sign in with the second factor and go to the page that was asked for."""
    form = SecondFactorCode(request.form)
    target = safe_next(request.form.get("next"))
    user = halfway()
    if user is None:
        flash(gettext("登录已超时，请重新登录"), "warning")
        return redirect(url_for(".new", next=target), 303)
    status = 422
    if form.validate():
        try:
            with changing(db.session()):
                second_factor.let_in(db.session(), user, form.code.data, address=address())
            sign_in(user)
            return redirect(target or home(me()), 303)
        except RuleBroken as refusal:
            form.refuse(refusal.field, sentence(refusal))
            status = status_of(refusal)
    return render_template("sessions/code.html", form=form, next=target), status


@bp.post("/logout")
def end() -> Response:
    """Leave."""
    with changing(db.session()):
        accounts.log_out(db.session(), session["mark"], by=me(), address=address())
    session.clear()
    flash(gettext("您已退出登录"), "success")
    return redirect(url_for("public.home"), 303)
