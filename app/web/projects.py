"""Calls for projects (项目库), for those who draw them up and publish them; and what came of the projects."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.projects import Level, ProjectKind, Terms
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import ProjectCall, db
from app.queries import filters
from app.queries import project_calls as queries
from app.queries import projects as tracked
from app.services import project_calls
from app.services.changing import changing
from app.services.sheets import Value
from app.web import drawn_up
from app.web.presenting import language
from app.web.security import me
from app.web.words import word

bp = Blueprint("projects", __name__, url_prefix="/roster/projects")


@bp.get("")
def index() -> str:
    """List the calls, drafts first, each with how many members it is for and how many have answered."""
    today = clock.today()
    return render_template(
        "projects/index.html",
        calls=queries.for_staff(db.session(), today),
        today=today,
        may_draw_up=policy.may(me(), "project_call.draw_up"),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the calls as a spreadsheet."""
    columns = [
        gettext("编号"),
        gettext("通知"),
        gettext("级别"),
        gettext("类别"),
        gettext("面向的产业"),
        gettext("开始日期"),
        gettext("截止日期"),
        gettext("推荐名额"),
        gettext("已推荐"),
        gettext("适合的单位"),
        gettext("已响应"),
        gettext("官方通知"),
    ]
    lines = (_line(one) for one in queries.for_staff(db.session(), clock.today()))
    return spreadsheet(gettext("项目库"), columns, lines)


def _line(one: queries.Matched) -> list[Value]:
    call = one.call
    return [
        call.number,
        call.title,
        word("project_level", call.level),
        word("project_kind", call.kind),
        gettext("、").join(word("industry", each) for each in call.industries) or gettext("全部产业"),
        call.opens_on,
        call.closes_on,
        call.places,
        call.taken,
        one.fitting,
        one.answered,
        call.link,
    ]


@bp.get("/new")
def new() -> str:
    """Ask what a new call says."""
    return _write_page(_form(), None)


@bp.post("")
def create() -> Response | tuple[str, int]:
    """Begin a call, or show what is wrong with it."""
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, None), 422
    try:
        with changing(db.session):
            call = project_calls.begin(db.session(), _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, None), 422
    return redirect(url_for(".show", call_id=call.id), 303)


@bp.get("/<int:call_id>")
def show(call_id: int) -> str:
    """Show one call: what it says, for which members it is, and who has answered."""
    session, user, today = db.session(), me(), clock.today()
    call = queries.call_for(session, user, call_id)
    return render_template(
        "projects/show.html",
        each=call,
        stage=call.stage(today),
        answers=queries.answers(session, user, call, today),
        projects=queries.filed_for(session, user, call),
        filed=queries.how_many(session, call),
        may_draw_up=call.is_drawn_up and policy.may(user, "project_call.draw_up", call),
        may_publish=call.waits and policy.may(user, "project_call.publish", call) and call.made_by_id != user.id,
    )


@bp.get("/<int:call_id>/edit")
def edit(call_id: int) -> str:
    """Ask what a draft says from now on."""
    call = queries.call_for(db.session(), me(), call_id)
    policy.check(me(), "project_call.draw_up", call)
    return _write_page(_form(data=_data_of(call)), call)


@bp.post("/<int:call_id>/edit")
def rewrite(call_id: int) -> Response | tuple[str, int]:
    """Write a draft anew, or show what is wrong with it."""
    call = queries.call_for(db.session(), me(), call_id)
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, call), 422
    try:
        with changing(db.session):
            project_calls.rewrite(db.session(), call, _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, call), 422
    return redirect(url_for(".show", call_id=call_id), 303)


@bp.post("/<int:call_id>/proposal")
def propose(call_id: int) -> Response:
    """Hand a draft to whoever publishes it, or throw it away."""
    return drawn_up.handed_over(
        project_calls, queries.call_for(db.session(), me(), call_id), gettext("已提交，由另一人发布"), call_id=call_id
    )


@bp.post("/<int:call_id>/publication")
def publish(call_id: int) -> Response:
    """Publish what was proposed, or send it back."""
    return drawn_up.published(project_calls, queries.call_for(db.session(), me(), call_id), call_id=call_id)


# -- how the years came out ----------------------------------------------------------------------------------------------


@bp.get("/tracking")
def tracking() -> str:
    """Show what came of the projects of each year, level and district."""
    session, asked = db.session(), _asked()
    lines = tracked.tracked(session, **asked)
    return render_template(
        "projects/tracking.html",
        lines=lines,
        sum=tracked.together(lines),
        asked=asked,
        years=[(one, str(one)) for one in tracked.years(session)],
        levels=[(one.value, word("project_level", one)) for one in Level],
        districts=[(unit_id, name.within(language())) for unit_id, name in tracked.districts_of(session)],
    )


@bp.get("/tracking.xlsx")
def tracking_export() -> Response:
    """Return the same figures as a spreadsheet."""
    columns = [
        gettext("年度"),
        gettext("级别"),
        gettext("区"),
        gettext("提交"),
        gettext("绿色通道"),
        gettext("推荐"),
        gettext("报送"),
        gettext("立项"),
        gettext("立项金额（元）"),
    ]
    lines = tracked.tracked(db.session(), **_asked())
    return spreadsheet(gettext("项目结果跟踪"), columns, (_figures(one) for one in lines))


def _figures(one: tracked.Line) -> list[Value]:
    came = one.came
    district = one.district.within(language()) if one.district else gettext("未归区")
    figures: list[Value] = [came.filed, came.green, came.recommended, came.reported, came.funded, came.amount]
    return [one.year, word("project_level", one.level), district, *figures]


def _asked() -> dict[str, Any]:
    """Return by what the figures are filtered."""
    return {
        "year": filters.number(request.args.get("year"), "year"),
        "level": filters.one_of(request.args.get("level"), list(Level), "", "level", "没有这一级别"),
        "district_id": filters.number(request.args.get("district"), "district"),
    }


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _form(given: Any = None, data: Any = None) -> Any:
    return forms.build("desk:project_call", given, facts={}, data=data)


def _write_page(form: Any, call: ProjectCall | None) -> str:
    return render_template("projects/write.html", form=form, each=call)


def _data_of(call: ProjectCall) -> dict[str, Any]:
    return {
        "heading": call.title,
        "level": call.level,
        "kind": call.kind,
        "industries": list(call.industries),
        "conditions": call.conditions,
        "places": call.places,
        "opens_on": call.opens_on,
        "closes_on": call.closes_on,
        "members_only": call.members_only,
        "link": call.link,
        "notes": call.notes,
    }


def _terms(answers: Any) -> Terms:
    return Terms(
        title=answers["heading"],
        level=Level(answers["level"]),
        kind=ProjectKind(answers["kind"]),
        industries=tuple(answers["industries"]),
        conditions=answers["conditions"],
        places=answers["places"],
        opens_on=date.fromisoformat(answers["opens_on"]),
        closes_on=date.fromisoformat(answers["closes_on"]),
        members_only=bool(answers["members_only"]),
        link=answers["link"],
        notes=answers["notes"],
    )
