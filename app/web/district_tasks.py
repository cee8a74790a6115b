"""Tasks of the districts: set by the bureau, reported by the district, assessed by the bureau."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain import lamps
from app.domain.district_tasks import Outcome, TaskState, total
from app.domain.errors import RuleBroken
from app.domain.texts import Text
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import DistrictTask, OrgUnit, db
from app.queries import district_tasks as queries
from app.queries import filters, periods
from app.queries.targets import districts_of_the_city
from app.queries.uploads import uploaded
from app.services import district_tasks
from app.services.changing import changing
from app.services.sheets import Value
from app.web import uploads
from app.web.security import me
from app.web.words import named, word

bp = Blueprint("district_tasks", __name__, url_prefix="/district-tasks")


@bp.get("")
def index() -> str:
    """List the tasks of a year, and show what the year of each district comes to."""
    session = db.session()
    year = _year()
    unit = filters.number(request.args.get("unit"), "unit")
    state = filters.one_of(request.args.get("state"), list(TaskState), "", "state", "没有这种状态")
    tasks = queries.tasks(session, year=year, unit_id=unit, state=state)
    every = tasks if unit is None and not state else queries.tasks(session, year=year)
    lines = queries.by_district(session, every)
    return render_template(
        "district_tasks/index.html",
        year=year,
        choices=[(one, str(one)) for one in queries.years(session)],
        unit=unit,
        units=[(one.id, named(one)) for one in districts_of_the_city(session)],
        state=state,
        words=[(one.value, word("task_state", one)) for one in TaskState],
        tasks=tasks,
        lamp=_lamps(tasks),
        lines=lines,
        total=total(line for _, line in lines),
        outcome_words=[word("outcome", one) for one in Outcome],
        counts=lambda line: [line.outcomes[one] for one in Outcome],
        may_set=policy.may(me(), "district_task.set"),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the tasks of a year with their assessment as a spreadsheet."""
    year = _year()
    columns = [
        gettext("年度"),
        gettext("区"),
        gettext("任务"),
        gettext("方案条目"),
        gettext("完成期限"),
        gettext("状态"),
        gettext("上报日期"),
        gettext("考核结果"),
        gettext("得分"),
        gettext("评语"),
    ]
    lines = (_line(task) for task in queries.tasks(db.session(), year=year))
    return spreadsheet(gettext("%(year)s 年区级任务", year=year), columns, lines)


@bp.get("/new")
def new() -> str:
    """Ask for a task."""
    return render_template("district_tasks/new.html", form=_new_form())


@bp.post("/new", endpoint="create")
def create() -> Answer | tuple[str, int]:
    """Give one or several districts a task, or show what is wrong with it."""
    form = _new_form(request.form)
    if not form.validate():
        return render_template("district_tasks/new.html", form=form), 422
    answers = form.answers()
    try:
        with changing(db.session):
            for unit_id in answers["units"]:
                district_tasks.set_task(
                    db.session(),
                    db.session.get_one(OrgUnit, unit_id),
                    year=answers["year"],
                    title=answers["name"],
                    what=answers["what"],
                    section=answers["section"],
                    due_on=date.fromisoformat(answers["due_on"]),
                    by=me(),
                )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("district_tasks/new.html", form=form), 422
    flash(gettext("任务已下达，区局人员已收到通知"), "success")
    return redirect(url_for(".index", year=answers["year"]), 303)


@bp.get("/<int:district_task_id>")
def show(district_task_id: int) -> str:
    """Show one task with everything that was reported, and what can be done with it."""
    return _page(queries.task_for(db.session(), me(), district_task_id))


@bp.get("/<int:district_task_id>/files/<int:file_id>")
def evidence(district_task_id: int, file_id: int) -> Response:
    """Hand out a file that a district reported with."""
    return handed_out(queries.file_for(db.session(), me(), district_task_id, file_id))


@bp.post("/<int:district_task_id>/report")
def report(district_task_id: int) -> Answer | tuple[str, int]:
    """Report what the district has done."""
    task = queries.task_for(db.session(), me(), district_task_id)
    policy.check(me(), "district_task.report", task)
    values, refused = uploads.with_files(request, me())
    form = _report_form(values)
    if not uploads.answered(form, refused):
        return _page(task, form), 422
    answers = form.answers()
    return _done(
        task,
        form,
        lambda: district_tasks.report(db.session(), task, words=answers["words"], files=answers["files"], by=me()),
        gettext("已上报，由市局考核"),
    )


@bp.post("/<int:district_task_id>/assessment")
def assess(district_task_id: int) -> Answer | tuple[str, int]:
    """Assess what was reported."""
    task = queries.task_for(db.session(), me(), district_task_id)
    policy.check(me(), "district_task.assess", task)
    form = forms.build("desk:district_assessment", request.form, facts={})
    if not form.validate():
        return _page(task, form), 422
    answers = form.answers()
    return _done(
        task,
        form,
        lambda: district_tasks.assess(
            db.session(),
            task,
            outcome=Outcome(answers["outcome"]),
            score=answers["score"],
            words=answers["words"],
            by=me(),
        ),
        gettext("考核结果已提交"),
    )


@bp.post("/<int:district_task_id>/return")
def send_back(district_task_id: int) -> Answer | tuple[str, int]:
    """Give a report back to be made good."""
    task = queries.task_for(db.session(), me(), district_task_id)
    policy.check(me(), "district_task.assess", task)
    form = forms.build("desk:district_return", request.form, facts={})
    if not form.validate():
        return _page(task, form), 422
    return _done(
        task,
        form,
        lambda: district_tasks.send_back(db.session(), task, because=form.answers()["because"], by=me()),
        gettext("已退回补充"),
    )


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _done(task: DistrictTask, form: Any, act: Callable[[], object], told: str) -> Answer | tuple[str, int]:
    """Do an act to a task and lead to its page, or show beside the field what is wrong with it."""
    task_id = task.id
    try:
        with changing(db.session):
            act()
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(queries.task_for(db.session(), me(), task_id), form), 422
    flash(told, "success")
    return redirect(url_for(".show", district_task_id=task_id), 303)


def _page(task: DistrictTask, form: Any = None) -> str:
    """Return the page of a task; ``form`` is the one of its forms that was refused."""
    state, user = TaskState(task.state), me()
    reports = state in (TaskState.SET, TaskState.RETURNED) and policy.may(user, "district_task.report", task)
    assesses = state is TaskState.REPORTED and policy.may(user, "district_task.assess", task)
    given = {form.__class__: form}
    shown = {
        "report_form": _report_form() if reports else None,
        "assessment_form": forms.build("desk:district_assessment", facts={}) if assesses else None,
        "return_form": forms.build("desk:district_return", facts={}) if assesses else None,
    }
    return render_template(
        "district_tasks/show.html",
        task=task,
        lamp=_lamps([task])[task.id],
        **{name: given.get(one.__class__, one) for name, one in shown.items()},
    )


def _year() -> int:
    year = filters.number(request.args.get("year"), "year")
    if year is None:
        return clock.today().year
    if year not in queries.years(db.session()):
        raise RuleBroken("没有这一年度的数据", field="year")
    return year


def _lamps(tasks: Iterable[DistrictTask]) -> dict[int, lamps.Lamp]:
    """Return the lamp of each task: one that was reported is done as far as its end goes."""
    calendar = periods.calendar_of(db.session())
    return {
        task.id: lamps.lamp(
            task.due_on,
            clock.today(),
            warn_on=task.remind_on,
            calendar=calendar,
            done=task.state in (TaskState.REPORTED, TaskState.ASSESSED),
        )
        for task in tasks
    }


def _line(task: DistrictTask) -> list[Value]:
    last = task.report
    return [
        task.year,
        named(task.unit),
        task.title,
        task.section,
        task.due_on,
        word("task_state", task.state),
        last.at.date() if last else None,
        word("outcome", task.outcome),
        task.score,
        task.assessment,
    ]


def _new_form(given: Any = None) -> Any:
    this_year = clock.today().year
    facts = {
        "today": clock.today(),
        "years": [(year, str(year)) for year in (this_year, this_year + 1)],
        "districts": [(d.id, Text(d.name, d.name_en)) for d in districts_of_the_city(db.session())],
    }
    return forms.build("desk:district_task", given, facts=facts, data={"year": this_year} if given is None else None)


def _report_form(given: Any = None) -> Any:
    return forms.build("desk:district_report", given, facts=uploaded(db.session(), me()))
