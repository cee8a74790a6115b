"""One's own account: contact, password, sessions and tokens, who stands in, declared relations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import clock, policy
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence, status_of
from app.models import User, db
from app.queries import casefile, people
from app.queries.uploads import uploaded
from app.services import accounts, organizations, profile, substitutes, tokens
from app.services.changing import changing
from app.web import uploads
from app.web.security import address, keep_signed_in, me
from forms.account import ChangePassword, DeclareRelation, HandInLicence, OutOfOffice, Profile

bp = Blueprint("profile", __name__, url_prefix="/profile")


def _page(form: Profile | None = None, relation: DeclareRelation | None = None, **more: Any) -> str:
    user = me()
    kept = {
        "name": user.name,
        "email": user.email,
        "channels": [c for c in user.channels if c in ("email", "sms")],
        "queue_email": "queue_email" in user.channels,
    }
    return render_template(
        "profile/show.html",
        person=people.person(db.session(), user.id),
        own=people.own(db.session(), user),
        form=form or Profile(facts=_facts(user), data=kept),
        relation_form=relation or (DeclareRelation() if policy.may(user, "relation.declare") else None),
        is_official=user.is_official,
        **more,
    )


def _facts(user: User) -> dict[str, bool]:
    return {"own_name": not user.is_official, "in_office": user.is_official}


@bp.get("")
def show() -> str:
    """Show one's own account."""
    return _page()


@bp.post("")
def update() -> tuple[str, int] | Response:
    """Change how one is reached."""
    user = me()
    form = Profile(request.form, facts=_facts(user))
    if not form.validate():
        return _page(form), 422
    answers = form.answers()
    try:
        with changing(db.session()):
            profile.update(
                db.session(),
                name=answers.get("name", ""),
                email=answers["email"],
                phone=answers["phone"] or user.phone or "",
                channels=[*answers["channels"], *(["queue_email"] if answers.get("queue_email") else [])],
                by=user,
                address=address(),
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(form), 422
    flash(gettext("已保存"), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/phone")
def phone() -> str:
    """Show one's own phone number in full, once."""
    with changing(db.session()):
        number = profile.own_phone(db.session(), by=me(), address=address())
    return _page(phone_in_full=number)


def _password_form(formdata: Any = None) -> ChangePassword:
    return ChangePassword(formdata, facts={"username": me().username})


@bp.get("/password")
def password() -> str:
    """Show the form for a new password."""
    return render_template("profile/password.html", form=_password_form(), first=accounts.must_choose_password(me()))


@bp.post("/password")
def change_password() -> tuple[str, int] | Response:
    """Choose a new password; this session lives on, all others end."""
    form = _password_form(request.form)
    user, status = me(), 422
    if form.validate():
        try:
            with changing(db.session()):
                profile.change_password(
                    db.session(), old=form.old.data, new=form.password.data, by=user, address=address()
                )
            keep_signed_in(user)
            flash(gettext("密码已修改，其他设备上的登录已全部退出"), "success")
            return redirect(url_for(".show"), 303)
        except RuleBroken as refusal:
            form.refuse(refusal.field, sentence(refusal))
            status = status_of(refusal)
    return render_template("profile/password.html", form=form, first=accounts.must_choose_password(user)), status


@bp.post("/sessions/end")
def end_sessions() -> Response:
    """End every session and token of one's own, this one too."""
    with changing(db.session()):
        profile.log_out_everywhere(db.session(), by=me(), address=address())
    session.clear()
    flash(gettext("已在所有设备上退出登录"), "success")
    return redirect(url_for("sessions.new"), 303)


@bp.post("/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> Response:
    """End one token."""
    with changing(db.session()):
        tokens.revoke(db.session(), token_id, by=me())
    flash(gettext("接口令牌已作废"), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/relations")
def declare() -> tuple[str, int] | Response:
    """Declare a relation."""
    form = DeclareRelation(request.form)
    if not form.validate():
        return _page(relation=form), 422
    try:
        with changing(db.session()):
            profile.declare_relation(db.session(), code=form.code.data, nature=form.nature.data, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(relation=form), 422
    flash(gettext("已申报，今后不会安排您办理该单位的案件"), "success")
    return redirect(url_for(".show"), 303)


@bp.post("/relations/<int:relation_id>/withdraw")
def withdraw(relation_id: int) -> Response:
    """Take a declared relation back."""
    with changing(db.session()):
        profile.withdraw_relation(db.session(), relation_id, by=me())
    flash(gettext("申报已撤回"), "success")
    return redirect(url_for(".show"), 303)


def _licence_form(formdata: Any = None) -> HandInLicence:
    return HandInLicence(formdata, facts=uploaded(db.session(), me()))


@bp.get("/licences/<int:organization_id>")
def licence(organization_id: int) -> str:
    """Show where the licence of one's organisation is handed in."""
    organization = organizations.own_organization(me(), organization_id)
    return render_template("profile/licence.html", organization=organization, form=_licence_form())


@bp.post("/licences/<int:organization_id>")
def hand_in_licence(organization_id: int) -> tuple[str, int] | Response:
    """Put the licence of one's organisation on file; an official looks at it then."""
    organizations.own_organization(me(), organization_id)
    values, refused = uploads.with_files(request, me())
    form = _licence_form(values)
    answered = form.validate()
    try:
        if not uploads.refuse(form, refused) and answered:
            with changing(db.session()):
                file = casefile.file_for(db.session(), me(), form.licence.data[0])
                organization = organizations.own_organization(me(), organization_id)
                organizations.hand_in_licence(db.session(), organization, file, by=me(), address=address())
            flash(gettext("证照已提交，等待核验"), "success")
            return redirect(url_for(".show"), 303)
    except RuleBroken as refusal:
        form.refuse("licence", sentence(refusal))
    organization = organizations.own_organization(me(), organization_id)
    return render_template("profile/licence.html", organization=organization, form=form), 422


def _absence_form(formdata: Any = None) -> OutOfOffice:
    colleagues = {p.id: p.name for p in people.colleagues(db.session(), me())}
    return OutOfOffice(formdata, facts={"colleagues": colleagues, "today": clock.today()})


@bp.get("/substitute")
def absence() -> str:
    """Show the form that names a deputy."""
    return render_template("profile/substitute.html", form=_absence_form())


@bp.post("/substitute")
def appoint() -> tuple[str, int] | Response:
    """Name a deputy for some days."""
    form = _absence_form(request.form)
    if form.validate():
        try:
            with changing(db.session()):
                substitutes.appoint(
                    db.session(),
                    deputy=people.person(db.session(), form.deputy.data),
                    first=form.starts.data,
                    last=form.ends.data,
                    reason=form.reason.data,
                    by=me(),
                    address=address(),
                )
            flash(gettext("代办已设置，并已通知代办人"), "success")
            return redirect(url_for(".show"), 303)
        except RuleBroken as refusal:
            form.refuse(refusal.field, sentence(refusal))
    return render_template("profile/substitute.html", form=form), 422


@bp.post("/substitute/<int:substitute_id>/end")
def end_absence(substitute_id: int) -> Response:
    """End an arrangement before its last day."""
    with changing(db.session()):
        substitutes.end(db.session(), substitute_id, by=me(), address=address())
    flash(gettext("代办已结束"), "success")
    return redirect(url_for(".show"), 303)
