"""Cases over the API: open one, look at one, act beside its main line."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

import forms
from app import policy
from app.api import asking, door, shapes
from app.api.routes import operation
from app.domain.errors import NotFound, RuleBroken
from app.edge.files import handed_out
from app.models import Case, db
from app.queries import casefile, facts, processes, sight
from app.queries import cases as queries
from app.services import attempts, cases

ANSWERS = {"type": "object", "description": "The answers of the form, as its schema says"}


def open_case() -> tuple[Response, int]:
    """File a request."""
    given = door.body()
    process = str(given.get("process", ""))
    if f"case.start.{process}" not in policy.MAY:
        raise RuleBroken("没有这种程序", field="process")
    policy.check(door.me(), f"case.start.{process}")
    version = processes.current(db.session(), process)  # held here, so that the act need not ask for it again
    if version is None:
        raise NotFound("process")
    key = processes.version_of(db.session(), version.digest).start_form
    answers = asking.answers(key, given.get("answers"), facts.of_start(db.session(), door.me(), process))
    return jsonify(
        attempts.carry_out(db.session(), "open", process, answers, door.key(), by=door.me(), shown=_opened)
    ), 201


def _opened(case: Case) -> dict[str, Any]:
    tasks = casefile.open_tasks(door.me(), case)
    content = {"id": case.id, "number": case.number, "receipt_number": case.receipt_number, "state": case.state}
    return {**content, "tasks": [shapes.task(t) for t in tasks]}


def show_case(case_id: int) -> Response:
    """Return a case as its owner of the token may see it."""
    return jsonify(_shape(queries.case_for(db.session(), door.me(), case_id)))


def _shape(case: Case) -> dict[str, Any]:
    file = casefile.casefile(db.session(), door.me(), case)
    return shapes.case(
        case,
        state=file.state,
        parties=[shapes.party(p, sight.stance(p, file.until)) for p in case.parties],
        tasks=[shapes.task(t) for t in file.tasks],
        deadlines=[shapes.deadline(d, file.right) for d in file.deadlines],
        events=[shapes.event(e) for e in file.events],
        documents=[shapes.document(d) for d in file.documents],
        acts=cases.offered_acts(db.session(), case, door.me()),
    )


def do_act(case_id: int, act: str) -> Response:
    """Do an act beside the main line."""
    case = queries.case_for(db.session(), door.me(), case_id)
    key = f"act:{act}"
    if key not in forms.FORMS:
        raise NotFound("act")
    policy.check(door.me(), f"act.{act}", case)
    known = facts.of_form(db.session(), case, door.me(), forms.FORMS[key].needs, None)
    answers = asking.answers(key, door.body().get("answers"), known)
    attempts.carry_out(db.session(), "act", case_id, act, answers, door.key(), by=door.me())
    try:
        return jsonify(_shape(queries.case_for(db.session(), door.me(), case_id)))
    except NotFound:  # whoever steps aside sees the case no more
        return Response(status=204)


def show_document(case_id: int, document_id: int) -> Response:
    """Hand out a paper of a case."""
    case = queries.case_for(db.session(), door.me(), case_id)
    document = casefile.document_for(db.session(), door.me(), case, document_id)
    if document.file is None:
        raise NotFound("document")
    return handed_out(document.file)


def add_routes(bp: Blueprint) -> None:
    """Add the operations on cases."""
    operation(
        bp,
        "POST",
        "/cases",
        open_case,
        summary="Open a case",
        takes=shapes.thing(process=shapes.TEXT, answers=ANSWERS),
        gives=shapes.OPENED,
        status=201,
        refusals=(403, 404, 409, 422),
        once=True,
    )
    operation(bp, "GET", "/cases/<int:case_id>", show_case, summary="A case", gives=shapes.CASE, refusals=(404,))
    operation(
        bp,
        "POST",
        "/cases/<int:case_id>/acts/<act>",
        do_act,
        summary="An act beside the main line",
        takes=shapes.thing(answers=ANSWERS),
        gives=shapes.CASE,
        refusals=(403, 404, 409, 422),
        once=True,
    )
    operation(
        bp,
        "GET",
        "/cases/<int:case_id>/documents/<int:document_id>",
        show_document,
        summary="A paper of a case",
        gives={"type": "string", "format": "binary"},
        refusals=(404,),
    )
