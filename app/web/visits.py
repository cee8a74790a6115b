"""The yearly visits: the plan of a year and what the visits come to; who keeps the roster draws it up and begins them."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.visits import Owner, ProblemState, Standing
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import RosterMember, User, VisitPlan, db
from app.queries import filters, roster, visit_figures
from app.queries import visits as queries
from app.queries.targets import districts_of_the_city
from app.queries.visits import Line
from app.services.changing import changing
from app.services.roster import visit_plan
from app.services.sheets import Value
from app.web.security import me
from app.web.words import named, word

bp = Blueprint("visits", __name__, url_prefix="/roster/visits")
TOLD = 5  # refusals that are named one by one where several visits could not begin


@bp.get("")
def index() -> str:
    """Show the plan of a year, who has no visit planned, and what the visits come to."""
    session, user, year = db.session(), me(), _year()
    district = filters.number(request.args.get("district"), "district")
    standing = filters.one_of(request.args.get("standing"), list(Standing), "", "standing", "没有这种状态")
    lines = queries.plan_of(session, user, year, district_id=district)
    unplanned = queries.unplanned(session, user, year, district_id=district)
    return render_template(
        "visits/index.html",
        year=year,
        choices=[(one, str(one)) for one in queries.years(session)],
        district=district,
        districts=[(one.id, named(one)) for one in districts_of_the_city(session)],
        standing=standing,
        words=[(one.value, word("visit_standing", one)) for one in Standing],
        lines=[line for line in lines if not standing or line.standing == standing],
        unplanned=unplanned,
        by_district=visit_figures.by_district(lines, unplanned),
        standings=list(Standing),
        figures=visit_figures.figures(session, user, year, district_id=district),
        owners=list(Owner),
        problem_states=list(ProblemState),
        problem_words=[word("problem_state", one) for one in ProblemState],
        may_plan=policy.may(user, "visit.plan"),
        to_begin=len([line for line in lines if line.standing is Standing.PLANNED]),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the plan of a year, with who has none, as a spreadsheet."""
    year, session = _year(), db.session()
    columns = [
        gettext("年度"),
        gettext("名录单位"),
        gettext("区"),
        gettext("回访人"),
        gettext("最迟回访日"),
        gettext("状态"),
        gettext("实际回访日期"),
        gettext("满意度"),
        gettext("是否调整培优计划"),
    ]
    lines = [_row(line) for line in queries.plan_of(session, me(), year)]
    without = [_without(one, year) for one in queries.unplanned(session, me(), year)]
    return spreadsheet(gettext("%(year)s 年回访计划", year=year), columns, [*lines, *without])


@bp.get("/new")
def new() -> str:
    """Ask which members are to be visited."""
    year = _year()
    return render_template("visits/new.html", form=_plan_form(year), year=year)


@bp.post("/new", endpoint="create")
def create() -> Answer | tuple[str, int]:
    """Put members into the plan of a year, or show what is wrong."""
    year = _year()
    form = _plan_form(year, request.form)
    if not form.validate():
        return render_template("visits/new.html", form=form, year=year), 422
    answers, session = form.answers(), db.session()
    visitor = session.get_one(User, answers["visitor"]) if answers["visitor"] else None
    try:
        with changing(db.session):
            made = visit_plan.draw_up(
                session,
                [roster.member_for(session, me(), member_id) for member_id in answers["members"]],
                year=year,
                by_day=date.fromisoformat(answers["by_day"]),
                visitor=visitor,
                by=me(),
            )
            count = len(made)
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("visits/new.html", form=form, year=year), 422
    flash(gettext("已列入 %(n)s 家单位", n=count), "success")
    return redirect(url_for(".index", year=year), 303)


@bp.get("/<int:plan_id>")
def edit(plan_id: int) -> str:
    """Show one line of the plan to be changed."""
    planned = queries.plan_for(db.session(), me(), plan_id)
    return render_template("visits/edit.html", form=_line_form(planned), planned=planned)


@bp.post("/<int:plan_id>")
def change(plan_id: int) -> Answer | tuple[str, int]:
    """Change who visits, or by which day."""
    planned = queries.plan_for(db.session(), me(), plan_id)
    form = _line_form(planned, request.form)
    if not form.validate():
        return render_template("visits/edit.html", form=form, planned=planned), 422
    answers = form.answers()
    visitor, by_day = db.session.get_one(User, answers["visitor"]), date.fromisoformat(answers["by_day"])
    try:
        with changing(db.session):
            visit_plan.change(db.session(), planned, visitor=visitor, by_day=by_day, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("visits/edit.html", form=form, planned=planned), 422
    return _done(planned.year, gettext("已保存"))


@bp.post("/<int:plan_id>/drop")
def drop(plan_id: int) -> Answer:
    """Take a line out of the plan."""
    planned = queries.plan_for(db.session(), me(), plan_id)
    year = planned.year
    with changing(db.session):
        visit_plan.drop(db.session(), planned, by=me())
    return _done(year, gettext("已移出计划"))


@bp.post("/<int:plan_id>/case")
def begin(plan_id: int) -> Answer:
    """Open the case of one planned visit."""
    planned = queries.plan_for(db.session(), me(), plan_id)
    year = planned.year
    try:
        with changing(db.session):
            visit_plan.begin(db.session(), planned, by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".index", year=year), 303)
    return _done(year, gettext("已下达，直联专员已收到任务"))


@bp.post("/cases")
def begin_all() -> Answer:
    """Open the case of each planned visit of a year that has not begun."""
    year = _year()
    with changing(db.session):
        begun, refused = visit_plan.begin_all(db.session(), year, by=me())
        count = len(begun)
    for refusal in refused[:TOLD]:
        flash(sentence(refusal), "error")
    if len(refused) > TOLD:
        flash(gettext("还有 %(n)s 件没有下达，请逐件查看", n=len(refused) - TOLD), "error")
    return _done(year, gettext("已下达 %(n)s 件回访", n=count))


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _done(year: int, told: str) -> Answer:
    flash(told, "success")
    return redirect(url_for(".index", year=year), 303)


def _year() -> int:
    year = filters.number(request.args.get("year"), "year")
    if year is None:
        return clock.today().year
    if year not in queries.years(db.session()):
        raise RuleBroken("没有这一年度的数据", field="year")
    return year


def _plan_form(year: int, given: Any = None) -> Any:
    return forms.build("desk:visit_plan", given, facts=queries.of_plan(db.session(), me(), year))


def _line_form(planned: VisitPlan, given: Any = None) -> Any:
    return forms.build("desk:visit_line", given, facts=queries.of_line(db.session(), planned))


def _row(line: Line) -> list[Value]:
    visit = line.visit
    decided = visit is not None and visit.adjusts is not None
    return [
        line.plan.year,
        line.plan.member.organization.name,
        named(line.plan.member.district),
        line.plan.visitor.name,
        line.plan.by_day,
        word("visit_standing", line.standing),
        visit.held_on if visit else None,
        visit.satisfaction if visit else None,
        (gettext("是") if visit is not None and visit.adjusts else gettext("否")) if decided else None,
    ]


def _without(member: RosterMember, year: int) -> list[Value]:
    visitor = member.liaison.name if member.liaison else None
    missing = gettext("未列入计划")
    return [year, member.organization.name, named(member.district), visitor, None, missing, None, None, None]
