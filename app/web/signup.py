"""Signing up: an organisation or a person, and a party that was invited into its case."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.edge.files import keep
from app.edge.sentences import sentence, status_of
from app.models import Invitation, User, db
from app.services import invitations, organizations, signup, throttling
from app.services.changing import changing
from app.web.security import address, me, sign_in
from forms.account import AcceptInvitation, SignUp

bp = Blueprint("signup", __name__, url_prefix="/signup")

MOST, SECONDS = 20, 3600  # tries from one address: neither codes nor user names are to be found out by trying


def _count_try() -> None:
    """Count the try by itself, so that it stays counted when it is refused."""
    with changing(db.session()):
        throttling.count(db.session(), f"signup:{address()}", limit=MOST, seconds=SECONDS)


def _refused(page: str, form: Any, refusal: RuleBroken) -> tuple[str, int]:
    form.refuse(refusal.field, sentence(refusal))
    return render_template(page, form=form), status_of(refusal)


@bp.get("")
def new() -> str | Response:
    """Show the sign-up form."""
    if me().is_authenticated:
        return redirect(url_for("matters.index"), 303)
    return render_template("signup/new.html", form=SignUp())


@bp.post("")
def create() -> tuple[str, int] | Response:
    """Sign up, and go on signed in."""
    form = SignUp(request.form)
    if not form.validate():
        return render_template("signup/new.html", form=form), 422
    answers = form.answers()
    individual = answers["kind"] == "individual"
    body = signup.Represented(
        kind=answers["kind"],
        name=answers["name"] if individual else answers["body_name"],
        uscc=answers["uscc"],
        resident_id=answers["resident_id"],
        legal_representative=answers["legal_representative"],
        address=answers["address"],
        phone=answers["phone"],
        email=answers["email"],
    )
    try:
        _count_try()
        with changing(db.session()):
            user = signup.sign_up(db.session(), _newcomer(answers), body, address=address())
    except RuleBroken as refusal:
        return _refused("signup/new.html", form, refusal)
    sign_in(user)
    _keep_licence(user)
    flash(gettext("注册成功，欢迎使用"), "success")
    return redirect(url_for("matters.index"), 303)


def _keep_licence(user: User) -> None:
    """Put the licence that came with the form on file; one that cannot be taken does not undo the account."""
    file = request.files.get("licence")
    organization = user.memberships[0].organization
    if file is None or not file.filename or organization is None:
        return
    try:
        kept = keep(file.filename, file.read(), user)
        with changing(db.session()):
            organizations.keep_licence(organization, kept)
    except RuleBroken as refusal:
        flash(sentence(refusal), "warning")


def _newcomer(answers: dict[str, Any]) -> signup.Newcomer:
    told = {name: answers[name] for name in ("username", "password", "name", "email", "phone")}
    return signup.Newcomer(**told, language="en" if str(get_locale()) == "en" else "zh_CN")


@bp.get("/invited")
def invited() -> str:
    """Show where the code of an invitation is typed."""
    return render_template("signup/invited.html", form=AcceptInvitation(facts={}), meant=None)


@bp.post("/invited")
def accept() -> tuple[str, int] | Response:
    """Say which party and case a code is for; join when that is confirmed."""
    signed_in = me().is_authenticated
    confirmed = "confirmed" in request.form
    form = AcceptInvitation(request.form, facts={"stranger": confirmed and not signed_in})
    meant = None
    try:
        if form.code.data:
            _count_try()
            meant = invitations.meant(db.session(), form.code.data, me() if signed_in else None, confirmed=confirmed)
        if not form.validate():
            return _invitation(form, meant), 422
        if not confirmed:
            return _invitation(_asking(form, stranger=not signed_in), meant), 200
        answers = form.answers()
        with changing(db.session()):
            who = me() if signed_in else _newcomer(answers)
            user = invitations.accept(db.session(), answers["code"], who=who, address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _invitation(form, meant), status_of(refusal)
    if not signed_in:
        sign_in(user)
    flash(gettext("您已加入案件，可以在“我的事项”中查看和办理"), "success")
    return redirect(url_for("matters.index"), 303)


def _asking(form: AcceptInvitation, *, stranger: bool) -> AcceptInvitation:
    return AcceptInvitation(facts={"stranger": stranger}, data={"code": form.code.data})


def _invitation(form: AcceptInvitation, meant: Invitation | None) -> str:
    return render_template("signup/invited.html", form=form, meant=meant)
