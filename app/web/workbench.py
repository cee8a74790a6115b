"""The workbench: my tasks, my queues, what I follow, what I did; filters, saved views, work on many rows at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app.domain.errors import Refusal
from app.domain.states import CLOSED, State
from app.edge.addresses import number
from app.edge.sentences import sentence
from app.models import db
from app.policy import has_seats
from app.queries import columns, filters, inbox, people, sessions, sight, views
from app.queries import tasks as tasks_of
from app.services import attempts, tasks
from app.services import views as view_services
from app.services.awards import accepting
from app.services.changing import changing
from app.web.menu import home
from app.web.presenting import lamp_of
from app.web.security import me
from app.web.words import word

ACTIONS = ("claim", "assign", "accept")

bp = Blueprint("workbench", __name__, url_prefix="/workbench")


@bp.get("")
def index() -> str | Response:
    """Show one list of tasks with its filters and exact counts; what parties are asked has a page of its own."""
    if not me().is_official and not request.args:
        return redirect(home(me()), 303)
    return _list(inbox.filter_from(request.args))


def _list(wanted: inbox.Filter, ticked: Collection[int] = (), refusals: Mapping[str, str] | None = None) -> str:
    """Return the page of a list; what was refused of work on many rows stands beside the fields, the rows ticked."""
    kept = views.views_of(db.session(), me())
    shown = columns.shown(me(), wanted.columns)
    page = inbox.page(db.session(), me(), wanted, shown=shown)
    return render_template(
        "workbench/index.html",
        wanted=wanted,
        page=page,
        shown=_labelled(shown, wanted.queue),
        columns=_labelled(columns.offered(me()), wanted.queue),
        coming=sessions.coming(db.session(), me(), [t.case_id for t in page.items if t.form == "hold_session"]),
        case_states=sight.states(db.session(), me(), [t.case for t in page.items]) if "state" in shown else {},
        counts=inbox.counts(db.session(), me()),
        views=kept,
        view_counts=inbox.numbers_of(db.session(), me(), {view.id: view.query for view in kept}),
        lamp_of=lamp_of,
        holds_cases=has_seats(me(), None),
        acting_for=lambda task: tasks.acting_for(me(), task),
        may_accept=any(task.form == accepting.FORM for task in page.items),
        ticked=ticked,
        refusals=refusals or {},
        states=[(state.value, gettext(state.label)) for state in State if state not in CLOSED],
        colleagues=people.colleagues(db.session(), me()),
        save_form=forms.build("desk:save_view", facts={}),
    )


def _labelled(codes: tuple[str, ...], queue: str) -> dict[str, str]:
    """Return what each of the columns is called; in the list of what is done, the last one says when."""
    return {code: word("column", "done" if (code, queue) == ("due", "done") else code) for code in codes}


@bp.post("/bulk")
def bulk() -> str | tuple[str, int]:
    """Claim, assign or accept each of the chosen tasks by itself; say for each what came of it."""
    wanted = inbox.filter_from(request.form)
    chosen = [n for n in map(number, request.form.getlist("task")) if n][: filters.MOST]
    action = filters.one_of(_action(), ACTIONS, "", "action", "没有这种办理方式")
    form = _hand_over() if action == "assign" else None
    refusals = {} if chosen else {"task": gettext("请先勾选要一并办理的任务")}
    if form is not None and not form.validate():
        refusals |= {name: str(told[0]) for name, told in form.errors.items()}
    if refusals:
        return _list(wanted, chosen, refusals), 422
    acts: dict[str, Callable[[int], None]] = {"claim": _claim, "assign": partial(_assign, form), "accept": _accept}
    results = [_one(task_id, acts[action]) for task_id in chosen]
    done = sum(r["done"] for r in results)
    return render_template("workbench/bulk.html", results=results, done=done, back=url_for(".index", **wanted.query()))


def _action() -> str:
    return request.form.get("action") or "none"


def _hand_over() -> Any:
    """Return the form that hands over one task, for many: to somebody of one's own units, with the same reason."""
    offered = [(u.id, u.name) for u in people.of_ones_units(db.session(), me())]
    return forms.build("desk:hand_over", request.form, facts={"colleagues": offered})


def _one(task_id: int, act: Callable[[int], None]) -> dict[str, Any]:
    try:
        act(task_id)
    except Refusal as refusal:
        return _result(task_id, sentence(refusal))
    except attempts.Failed as failed:
        return _result(task_id, gettext("没有办成，系统已记录，编号 %(reference)s", reference=failed.reference))
    return _result(task_id, gettext("已办理"), done=True)


def _result(task_id: int, text: str, *, done: bool = False) -> dict[str, Any]:
    return {"done": done, "task": views.task_line(db.session(), me(), task_id), "text": text}


def _claim(task_id: int) -> None:
    with changing(db.session):
        tasks.claim(db.session(), task_id, by=me())


def _assign(form: Any, task_id: int) -> None:
    answers = form.answers()
    with changing(db.session):
        to = people.person(db.session(), answers["to"])
        tasks.hand_over(db.session(), task_id, to=to, reason=answers["reason"], by=me())


def _accept(task_id: int) -> None:
    accepting.refuse_doubtful(db.session(), tasks_of.task_for(db.session(), me(), task_id))
    attempts.carry_out(db.session(), "complete", task_id, accepting.ANSWER, by=me())


@bp.post("/views")
def save_view() -> Response:
    """Give the current filter a name."""
    form = forms.build("desk:save_view", request.form, facts={})
    wanted = inbox.filter_from(request.form)
    if not form.validate():
        flash(gettext("请给视图起一个名称"), "error")
        return redirect(url_for(".index", **wanted.query()), 303)
    answers = form.answers()
    with changing(db.session):
        view = view_services.save(
            db.session(),
            name=answers["name"],
            query=replace(wanted, columns=()).query(),
            columns=columns.shown(me(), wanted.columns) if answers["with_columns"] else (),
            shared=bool(answers["shared"]),
            by=me(),
        )
    flash(gettext("视图已保存"), "success")
    return redirect(url_for(".index", **view.address), 303)


@bp.post("/columns")
def choose_columns() -> Response:
    """Show the chosen columns from now on; the list stays where it is."""
    wanted = replace(inbox.filter_from(request.form), columns=())
    usual = request.form.get("action") == "usual"
    with changing(db.session):
        view_services.choose_columns(None if usual else request.form.getlist("column"), by=me())
    flash(gettext("已按您的选择显示各列"), "success")
    return redirect(url_for(".index", **wanted.query()), 303)


@bp.post("/views/<int:view_id>/delete")
def delete_view(view_id: int) -> Response:
    """Remove one of my saved views."""
    with changing(db.session):
        view_services.delete(db.session(), view_id, by=me())
    return redirect(url_for(".index"), 303)
