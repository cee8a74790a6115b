"""Training for units and for those who plan it: what is on, what is needed; and whether a certificate is a true one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.training import Audience, Subject
from app.edge.sentences import sentence, status_of
from app.edge.sheets import spreadsheet
from app.models import TrainingNeed, db
from app.queries import filters, roster
from app.queries import training as queries
from app.services.changing import changing
from app.services.roster import training
from app.services.roster.training import Need
from app.web.security import me
from app.web.words import named, word

bp = Blueprint("training", __name__, url_prefix="/training")


@bp.get("")
def index() -> str:
    """Show the courses that are on; to a unit, whom it has signed up and what it needs."""
    session, user = db.session(), me()
    return render_template(
        "training/index.html",
        courses=queries.open_courses(session, clock.now()),
        now=clock.now(),
        of_a_unit=bool(user.organization_ids),
        member=roster.own_membership(session, user, clock.today()),
        seats=queries.own_seats(session, user),
        queue=queries.queued(session, user),
        needs=queries.own_needs(session, user),
        this_year=clock.today().year,
        may_draw_up=policy.may(user, "training_course.draw_up"),
        sees_all=policy.sees_training(user, None),
    )


# -- what units need ---------------------------------------------------------------------------------------------------


@bp.get("/needs")
def needs() -> str:
    """Show what all units need in a year, counted by subject and district, and each entry."""
    session = db.session()
    year = _year()
    found = queries.collected(session, year)
    return render_template(
        "training/needs.html",
        year=year,
        choices=[(one, str(one)) for one in queries.years_of_needs(session)],
        needs=found,
        subjects=queries.subjects_in_order(found),
        names=[named(one) for one in found.districts],
    )


@bp.get("/needs/export.xlsx")
def export() -> Response:
    """Return what all units need in a year as a spreadsheet."""
    year = _year()
    columns = [
        gettext("年度"),
        gettext("区"),
        gettext("单位"),
        gettext("培训内容"),
        gettext("培训对象"),
        gettext("人数"),
        gettext("具体的诉求"),
        gettext("填报日期"),
    ]
    lines = (
        [
            one.year,
            named(one.district),
            one.organization.name,
            word("training_subject", one.subject),
            gettext("、").join(word("audience", each) for each in one.audiences),
            one.people,
            one.words,
            one.stated_at.date(),
        ]
        for one in queries.collected(db.session(), year).entries
    )
    return spreadsheet(gettext("%(year)s 年培训需求", year=year), columns, lines)


@bp.get("/needs/new")
def new_need() -> str:
    """Ask what the unit needs."""
    return _need_page(_need_form(), None)


@bp.post("/needs/new")
def create_need() -> Answer | tuple[str, int]:
    """Keep what the unit needs, or show what is wrong with it."""
    form = _need_form(request.form)
    if not form.validate():
        return _need_page(form, None), 422
    answers = form.answers()
    try:
        with changing(db.session):
            training.state_need(
                db.session(), _need(answers, Subject(answers["subject"])), year=answers["year"], by=me()
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _need_page(form, None), 422
    flash(gettext("需求已保存"), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/needs/<int:need_id>")
def need(need_id: int) -> str:
    """Ask what the unit needs from now on."""
    found = queries.need_for(db.session(), me(), need_id)
    return _need_page(_need_form(need=found), found)


@bp.post("/needs/<int:need_id>")
def change_need(need_id: int) -> Answer | tuple[str, int]:
    """Change what the unit needs, or show what is wrong with it."""
    found = queries.need_for(db.session(), me(), need_id)
    form = _need_form(request.form, need=found)
    if not form.validate():
        return _need_page(form, found), 422
    try:
        with changing(db.session):
            training.change_need(db.session(), found, _need(form.answers(), Subject(found.subject)), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _need_page(form, queries.need_for(db.session(), me(), need_id)), 422
    flash(gettext("需求已保存"), "success")
    return redirect(url_for(".index"), 303)


@bp.post("/needs/<int:need_id>/withdrawal")
def withdraw_need(need_id: int) -> Answer:
    """Take back what the unit said that it needs."""
    found = queries.need_for(db.session(), me(), need_id)
    try:
        with changing(db.session):
            training.withdraw_need(db.session(), found, by=me())
        flash(gettext("需求已撤回"), "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(".index"), 303)


def _need_form(given: Any = None, need: TrainingNeed | None = None) -> Any:
    this_year = clock.today().year
    years = [(year, str(year)) for year in (this_year, this_year + 1)]
    data: dict[str, Any] = {"year": this_year}
    if need is not None:
        data = {"audiences": need.audiences, "people": need.people, "words": need.words}
    return forms.build(
        "desk:training_need",
        given,
        facts={"years": years, "fresh": need is None},
        data=data if given is None else None,
    )


def _need(answers: Any, subject: Subject) -> Need:
    audiences = [Audience(one) for one in answers["audiences"]]
    return Need(subject, audiences, answers["people"], answers["words"])


def _need_page(form: Any, found: TrainingNeed | None) -> str:
    return render_template("training/need.html", form=form, need=found)


def _year() -> int:
    year = filters.number(request.args.get("year"), "year")
    if year is None:
        return clock.today().year
    if year not in queries.years_of_needs(db.session()):
        raise RuleBroken("没有这一年度的数据", field="year")
    return year


# -- certificates, for everybody ---------------------------------------------------------------------------------------


@bp.get("/verify")
def verify() -> tuple[str, int]:
    """Say whether there is a certificate with a number, of which course, and for whom: the name is masked.

    A number has a code of eight drawn characters: whoever does not hold a certificate finds none by trying.
    """
    number = request.args.get("number", "")
    if not number:
        return render_template("training/verify.html", seat=None, number="", error=None), 200
    try:
        seat = queries.verified(db.session(), number)
    except RuleBroken as refusal:
        page = render_template("training/verify.html", seat=None, number=number, error=sentence(refusal))
        return page, status_of(refusal)
    return render_template("training/verify.html", seat=seat, number=number, error=None), 200
