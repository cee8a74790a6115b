"""Tasks over the API: lists, one with its form, claim, release, complete."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

import forms
from app import policy
from app.api import asking, door, shapes
from app.api.routes import operation
from app.models import Task, db
from app.queries import facts, filters, inbox, sight
from app.queries import tasks as queries
from app.services import attempts, tasks
from app.services.changing import changing

QUERY = (
    {"name": "queue", "schema": {"type": "string", "enum": list(inbox.QUEUES)}},
    {"name": "process", "schema": {"type": "string", "maxLength": 32}},
    {"name": "state", "schema": {"type": "string", "maxLength": 32}},
    {"name": "key", "schema": {"type": "string", "maxLength": 64}},
    {"name": "lamp", "schema": {"type": "string", "enum": list(inbox.LAMPS)}},
    {"name": "due_before", "schema": {"type": "string", "format": "date"}},
    {"name": "text", "schema": {"type": "string", "maxLength": 100}},
    {"name": "sort", "schema": {"type": "string", "enum": list(inbox.SORTS)}},
    {"name": "cursor", "schema": {"type": "string"}},
    {"name": "limit", "schema": {"type": "integer", "minimum": 1, "maximum": filters.MOST}},
)
DONE = shapes.thing(task=shapes.TASK, case_state=shapes.TEXT)


def list_tasks() -> Response:
    """Return one page of a list of tasks."""
    page = inbox.page(db.session(), door.me(), inbox.filter_from(request.args), count=False)
    return jsonify(items=[shapes.task(t) for t in page.items], next=page.next or None)


def show_task(task_id: int) -> Response:
    """Return a task with its form as JSON Schema."""
    task = queries.task_for(db.session(), door.me(), task_id)
    cls = forms.FORMS[task.form]
    known = facts.of_form(db.session(), task.case, door.me(), cls.needs, task)
    schema = forms.schema(forms.build(task.form, facts=known))
    return jsonify(task=shapes.task(task), form=schema, may_complete=policy.may(door.me(), "task.complete", task))


def claim_task(task_id: int) -> Response:
    """Take a task out of its queue."""
    queries.task_for(db.session(), door.me(), task_id)
    with changing(db.session):
        task = tasks.claim(db.session(), task_id, by=door.me())
    return jsonify(shapes.task(task))


def release_task(task_id: int) -> Response:
    """Put a task back into its queue."""
    queries.task_for(db.session(), door.me(), task_id)
    answers = asking.answers("desk:release", door.body(), {})
    with changing(db.session):
        task = tasks.release(db.session(), task_id, reason=answers["reason"], by=door.me())
    return jsonify(shapes.task(task))


def complete_task(task_id: int) -> Response:
    """Answer a task."""
    task = queries.task_for(db.session(), door.me(), task_id)
    policy.refuse_closed(task)
    policy.check(door.me(), "task.complete", task)
    known = facts.of_form(db.session(), task.case, door.me(), forms.FORMS[task.form].needs, task)
    answers = asking.answers(task.form, door.body().get("answers"), known)
    return jsonify(attempts.carry_out(db.session(), "complete", task_id, answers, by=door.me(), shown=_done))


def _done(task: Task) -> dict[str, Any]:
    return {"task": shapes.task(task), "case_state": sight.state(db.session(), door.me(), task.case)}


def add_routes(bp: Blueprint) -> None:
    """Add the operations on tasks."""
    answers = shapes.thing(answers={"type": "object", "description": "The answers of the form, as its schema says"})
    page = shapes.thing(items=shapes.listing(shapes.TASK), next=shapes.TEXT_OR_NONE)
    one = "/tasks/<int:task_id>"
    operation(bp, "GET", "/tasks", list_tasks, summary="Lists of tasks", query=QUERY, gives=page, refusals=(422,))
    operation(bp, "GET", one, show_task, summary="A task and its form", gives=shapes.TASK_WITH_FORM, refusals=(404,))
    operation(
        bp,
        "POST",
        f"{one}/claim",
        claim_task,
        summary="Take a task out of its queue",
        gives=shapes.TASK,
        refusals=(403, 404, 409, 422),
    )
    operation(
        bp,
        "POST",
        f"{one}/release",
        release_task,
        summary="Put a task back into its queue",
        takes=shapes.thing(reason=shapes.TEXT),
        gives=shapes.TASK,
        refusals=(403, 404, 409, 422),
    )
    operation(
        bp,
        "POST",
        f"{one}/complete",
        complete_task,
        summary="Answer a task",
        takes=answers,
        gives=DONE,
        refusals=(403, 404, 409, 422),
    )
