"""Work on any step of any process: show what is asked beside what is known, take the answer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Answer

import forms
from app import policy
from app.domain import scopes
from app.domain.errors import NotFound, RuleBroken
from app.edge.addresses import number
from app.edge.sentences import sentence
from app.models import Task, connection, db
from app.queries import alike, drafts, facts, naming, people, queues, sessions, submissions
from app.queries import tasks as queries
from app.services import agreements, attempts, papers, tasks
from app.services.adjudication import decision_paper
from app.services.changing import changing
from app.web import previews, uploads
from app.web.answers import kept
from app.web.drafts import keep_refused
from app.web.presenting import lamp_of
from app.web.security import me

bp = Blueprint("tasks", __name__, url_prefix="/tasks")

# The draft becomes a letter only when it is sealed, but is looked at before it goes to the parties.
DRAFTS = {"draft_agreement": "mediation_agreement"}
# Who answers these has to have seen the agreement itself.
READS_THE_AGREEMENT = ("confirm_agreement", "issue_agreement", "confirm_terms", "seal_terms")
# Who answers these has to have read the decision itself.
READS_THE_DECISION = ("review_decision", "approve_decision")


def _form(task: Task, formdata: Any = None, data: Any = None) -> Any:
    cls = forms.FORMS[task.form]
    known = facts.of_form(db.session(), task.case, me(), cls.needs, task)
    return forms.build(task.form, formdata, facts=known, data=data)


def _page(task: Task, form: Any, status: int = 200) -> tuple[str, int]:
    return (
        render_template(
            ["tasks/" + task.form + ".html", "tasks/form.html"],
            task=task,
            form=form,
            may_complete=policy.may(me(), "task.complete", task),
            may=policy.may,
            me=me(),
            lamp=lamp_of(task),
            coming=sessions.coming(db.session(), me(), [task.case_id]).get(task.case_id),
            absent=tasks.acting_for(me(), task),
            beside=queries.beside_form(db.session(), me(), task.case),
            previews=task.form in DRAFTS or task.form in previews.TASKS,
            reads_the_agreement=task.form in READS_THE_AGREEMENT,
            reads_the_decision=task.form in READS_THE_DECISION,
            colleagues=queues.takers(db.session(), task) if task.unit_id else [],
            running=alike.like_case(db.session(), me(), task.case) if task.form == "formality_check" else [],
            **(_correction(task) if form.known.get("corrected") else {}),
        ),
        status,
    )


def _correction(task: Task) -> dict[str, Any]:
    """Return what the correction notice asked for and what came back: the second check looks at both."""
    known = naming.known_then(db.session(), me(), task.case)
    came_back = submissions.submissions(db.session(), me(), task.case, "correct_materials")
    return {"asked": known["asked"], "corrections": [kept(one, known) for one in came_back]}


@bp.get("/<int:task_id>")
def show(task_id: int) -> tuple[str, int] | Answer:
    """Show a task; what this person typed before is there again."""
    task = queries.task_for(db.session(), me(), task_id)
    if not task.is_open:
        flash(gettext("这一任务已经办结"), "info")
        return redirect(url_for("cases.show", case_id=task.case_id), 303)
    draft = drafts.draft_of(db.session(), me(), scopes.of_task(task.id))
    return _page(task, _form(task, data=draft.answers if draft else None))


@bp.post("/<int:task_id>")
def work(task_id: int) -> tuple[str, int] | Answer:
    """Take the answer and go on to what is next; a refused answer comes back with everything that was typed."""
    task = queries.task_for(db.session(), me(), task_id)
    values, refused = uploads.with_files(request, me())
    form = _form(task, values)
    if row := request.form.get("change_rows"):
        form.change_rows(row)
        return _page(task, form, 422 if uploads.refuse(form, refused) else 200)
    if "edit" in request.form:
        return _page(task, form)
    answered = form.validate()
    if uploads.refuse(form, refused) or not answered:
        return _refused(task_id, form, values)
    if (form.final or form.doubts) and "confirmed" not in request.form:
        return render_template("tasks/check.html", task=task, form=form), 200
    case_id = task.case_id
    try:
        attempts.carry_out(db.session(), "complete", task.id, form.answers(), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _refused(task_id, form, values)
    flash(gettext("已提交"), "success")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _refused(task_id: int, form: Any, values: MultiDict[str, str]) -> tuple[str, int]:
    """Show an answer again with what is wrong in it, and keep it."""
    keep_refused(values, scopes.of_task(task_id))
    return _page(queries.task_for(db.session(), me(), task_id), form, 422)


@bp.post("/<int:task_id>/preview")
def preview(task_id: int) -> tuple[str, int] | Response:
    """Show the letters that these answers would lead to, marked as previews; nothing is kept."""
    task = queries.task_for(db.session(), me(), task_id)
    policy.check(me(), "task.complete", task)
    values, refused = uploads.with_files(request, me())
    form = _form(task, values)
    answered = form.validate()
    if uploads.refuse(form, refused) or not answered:
        return _page(task, form, 422)
    try:
        if task.form in DRAFTS:
            db.session.rollback()
            connection.reading.set(True)  # setting a letter takes long, and from here on nothing is written
            return previews.shown(papers.preview(db.session(), task.case, DRAFTS[task.form], me(), **form.answers()))
        return previews.letters("complete", task.id, form.answers())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(queries.task_for(db.session(), me(), task_id), form, 422)


@bp.get("/<int:task_id>/agreement")
def agreement(task_id: int) -> Response:
    """Show the paper that is to be confirmed or sealed to whoever is asked to do so, marked as a preview."""
    task = queries.task_for(db.session(), me(), task_id)
    policy.check(me(), "task.complete", task)
    if task.form not in READS_THE_AGREEMENT:
        raise NotFound("agreement")
    return previews.shown(agreements.preview(db.session(), task.case, me()))


@bp.get("/<int:task_id>/decision")
def decision(task_id: int) -> Response:
    """Show the decision that is to be reviewed or sealed to whoever is asked to do so, marked as a preview."""
    task = queries.task_for(db.session(), me(), task_id)
    policy.check(me(), "task.complete", task)
    if task.form not in READS_THE_DECISION:
        raise NotFound("decision")
    return previews.shown(decision_paper.preview(db.session(), task.case, me()))


def _as_seen(task_id: int) -> Task:
    """Return the task if it is still where the page showed it: what the page offered is judged by that, not by what is now."""
    task = queries.task_for(db.session(), me(), task_id)
    if (holder := request.form.get("holder")) is not None:
        tasks.refuse_moved(task, number(holder) or None)
    return task


@bp.post("/<int:task_id>/claim")
def claim(task_id: int) -> Answer:
    """Take a task out of the queue."""
    _as_seen(task_id)
    with changing(db.session):
        tasks.claim(db.session(), task_id, by=me())
    flash(gettext("已认领"), "success")
    return redirect(url_for(".show", task_id=task_id), 303)


@bp.post("/<int:task_id>/release")
def release(task_id: int) -> tuple[str, int] | Answer:
    """Put a task back into its queue."""
    task = _as_seen(task_id)
    form = forms.build("desk:release", request.form, facts={})
    if not form.validate():
        return _desk(task, "release", form)
    with changing(db.session):
        tasks.release(db.session(), task_id, reason=form.answers()["reason"], by=me())
    flash(gettext("已放回队列"), "success")
    return redirect(url_for("workbench.index"), 303)


@bp.post("/<int:task_id>/hand-over")
def hand_over(task_id: int) -> tuple[str, int] | Answer:
    """Give a task to a colleague."""
    task = _as_seen(task_id)
    known = {"colleagues": [(u.id, u.name) for u in queues.takers(db.session(), task)]}
    form = forms.build("desk:hand_over", request.form, facts=known)
    if not form.validate():
        return _desk(task, "hand_over", form)
    answers = form.answers()
    try:
        with changing(db.session):
            to = people.person(db.session(), answers["to"])
            tasks.hand_over(db.session(), task_id, to=to, reason=answers["reason"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _desk(queries.task_for(db.session(), me(), task_id), "hand_over", form)
    flash(gettext("已移交"), "success")
    return redirect(url_for("workbench.index"), 303)


@bp.post("/<int:task_id>/urge")
def urge(task_id: int) -> tuple[str, int] | Answer:
    """Urge whoever holds a task."""
    task = queries.task_for(db.session(), me(), task_id)
    form = forms.build("desk:urge", request.form, facts={})
    if not form.validate():
        return _desk(task, "urge", form)
    try:
        with changing(db.session):
            tasks.urge(db.session(), task_id, text=form.answers()["text"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _desk(queries.task_for(db.session(), me(), task_id), "urge", form)
    flash(gettext("已催办"), "success")
    return redirect(url_for("cases.show", case_id=task.case_id), 303)


def _desk(task: Task, what: str, form: Any) -> tuple[str, int]:
    return render_template("tasks/desk.html", task=task, what=what, form=form), 422
