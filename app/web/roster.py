"""The roster: who is on it on any day, the file of a member, and what is watched for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.members import Bar, Exit, Industry
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import Organization, RosterMember, User, db
from app.queries import filters, people, roster_reviews
from app.queries import roster as queries
from app.queries.award_applications import districts_of
from app.services.changing import changing
from app.services.roster import barring, keeping, liaising, reviewing
from app.services.sheets import Value
from app.web.security import me
from app.web.words import word

bp = Blueprint("roster", __name__, url_prefix="/roster")


@bp.get("")
def index() -> str:
    """Show who is on the roster on a day, today where none is asked for."""
    session = db.session()
    asked = _asked()
    return render_template(
        "roster/index.html",
        members=queries.members(session, **asked),
        asked=asked,
        mine=queries.seen_among(session, me(), asked["day"]),
        districts=[(str(unit_id), name) for unit_id, name, _ in districts_of(session)],
        industries=[(one.value, word("industry", one)) for one in Industry],
        versions=queries.versions(session),
        today=clock.today(),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the same list as a spreadsheet."""
    columns = [
        gettext("单位"),
        gettext("统一社会信用代码"),
        gettext("所属区"),
        gettext("行业"),
        gettext("入选日期"),
        gettext("入选理由"),
        gettext("调出日期"),
        gettext("调出理由"),
        gettext("直联专员"),
    ]
    lines = (_line(one) for one in queries.members(db.session(), **_asked()))
    return spreadsheet(gettext("培优名录"), columns, lines)


def _line(one: RosterMember) -> list[Value]:
    return [
        one.organization.name,
        one.organization.uscc,
        one.district.name,
        word("industry", one.industry),
        one.entered_on,
        word("roster_entry", one.entry),
        one.left_on,
        word("roster_exit", one.exit) if one.exit else None,
        one.liaison.name if one.liaison else None,
    ]


def _asked() -> dict[str, Any]:
    """Return which day is asked for, and by what the list is filtered."""
    return {
        "day": filters.day(request.args.get("day"), "day") or clock.today(),
        "district_id": filters.number(request.args.get("district"), "district"),
        "industry": filters.one_of(request.args.get("industry"), list(Industry), "", "industry", "没有这个行业"),
        "name": request.args.get("name", "").strip()[:200],
    }


@bp.get("/members/<int:member_id>")
def member(member_id: int) -> str:
    """Show the file of a member."""
    return _member_page(queries.member_for(db.session(), me(), member_id))


def _member_page(found: RosterMember, liaison: Any = None, departure: Any = None) -> str:
    session, user = db.session(), me()
    on_it = found.left_on is None
    return render_template(
        "roster/member.html",
        member=found,
        times=queries.times_of(session, found.organization_id),
        reviews=roster_reviews.of_member(session, found),
        bars=roster_reviews.bars_of(session, found.organization_id, clock.today()) if user.is_official else [],
        liaison_form=liaison or _liaison_form(data={"liaison": found.liaison_id}),
        departure_form=departure or forms.build("desk:roster_departure", facts={}),
        may_appoint=on_it and policy.may(user, "roster.appoint_liaison"),
        may_let_go=on_it and policy.may(user, "roster.decide"),
    )


def _liaison_form(given: Any = None, data: Any = None) -> Any:
    facts = {"liaisons": people.liaisons(db.session())}
    return forms.build("desk:roster_liaison", given, facts=facts, data=data)


@bp.post("/members/<int:member_id>/liaison")
def appoint(member_id: int) -> Answer | tuple[str, int]:
    """Let somebody be there for a member from now on."""
    found = queries.member_for(db.session(), me(), member_id)
    form = _liaison_form(request.form)
    if not form.validate():
        return _member_page(found, liaison=form), 422
    try:
        with changing(db.session):
            liaison = db.session.get_one(User, form.answers()["liaison"])
            was = keeping.appoint_liaison(db.session(), found, liaison, by=me())
            liaising.pass_on(db.session(), found, was, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field or "liaison", sentence(refusal))
        return _member_page(queries.member_for(db.session(), me(), member_id), liaison=form), 422
    flash(gettext("已指定"), "success")
    return redirect(url_for(".member", member_id=member_id), 303)


@bp.post("/members/<int:member_id>/departure")
def let_go(member_id: int) -> Answer | tuple[str, int]:
    """Let a member go that asks to, or that is no more."""
    found = queries.member_for(db.session(), me(), member_id)
    form = forms.build("desk:roster_departure", request.form, facts={})
    if not form.validate():
        return _member_page(found, departure=form), 422
    answers = form.answers()
    with changing(db.session):
        reviewing.leave(db.session(), found, Exit(answers["exit"]), note=answers["note"], by=me())
    flash(gettext("已调出，形成新的名录版本"), "success")
    return redirect(url_for(".member", member_id=member_id), 303)


# -- what is watched for -----------------------------------------------------------------------------------------------


@bp.get("/bars")
def bars() -> str:
    """List what bars units from the roster."""
    return _bars_page(forms.build("desk:roster_bar", facts={"today": clock.today()}))


def _bars_page(form: Any) -> str:
    session = db.session()
    return render_template(
        "roster/bars.html",
        bars=roster_reviews.bars(session),
        on_it={one.organization_id for one in queries.members(session, clock.today())},
        today=clock.today(),
        form=form,
        may_enter=policy.may(me(), "roster_bar.enter"),
    )


@bp.post("/bars")
def enter_bar() -> Answer | tuple[str, int]:
    """Enter what bars a unit."""
    form = forms.build("desk:roster_bar", request.form, facts={"today": clock.today()})
    if not form.validate():
        return _bars_page(form), 422
    answers = form.answers()
    unit = db.session.scalar(select(Organization).where(Organization.uscc == answers["uscc"]))
    if unit is None:
        form.refuse("uscc", gettext("没有登记过这一代码的单位，请先核对"))
        return _bars_page(form), 422
    last = answers.get("last_day")
    entry = barring.Entry(
        organization=unit,
        kind=Bar(answers["kind"]),
        first=date.fromisoformat(answers["first_day"]),
        last=date.fromisoformat(last) if last else None,
        source=answers["source"],
    )
    try:
        with changing(db.session):
            barring.enter(db.session(), entry, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field or "first_day", sentence(refusal))
        return _bars_page(form), 422
    flash(gettext("已登记；名录内的单位，系统随即开始复核"), "success")
    return redirect(url_for(".bars"), 303)


@bp.post("/bars/<int:bar_id>/lift")
def lift_bar(bar_id: int) -> Answer:
    """Let a bar hold no longer, with the reason."""
    reason = request.form.get("reason", "").strip()
    bar = roster_reviews.bar_by_id(db.session(), bar_id)
    try:
        with changing(db.session):
            barring.lift(db.session(), bar, reason=reason, by=me())
        flash(gettext("已解除"), "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(".bars"), 303)
