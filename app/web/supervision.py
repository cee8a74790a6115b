"""The supervisor's room: open periods and who keeps them waiting, what is ahead, the figures, where cases are stuck."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask import Response as Page
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, engine, policy
from app.domain.errors import NotFound, Refusal
from app.domain.states import COURSES
from app.edge.addresses import number
from app.edge.sentences import sentence
from app.models import Deadline, ProcessVersion, db
from app.queries import bottlenecks as queries
from app.queries import deadlines, figures, filters, periods, processes, reminders, supervision
from app.services import urging
from app.services.changing import changing
from app.web import charts, diagrams
from app.web.security import me
from app.web.words import word

bp = Blueprint("supervision", __name__, url_prefix="/supervision")
bp.add_app_template_test(lambda task: policy.may(me(), "task.urge", task), "may_be_urged")


@bp.get("")
def index() -> str:
    """Show the open periods, filtered, and for each of them whom it waits for."""
    return _list(deadlines.filter_from(request.args))


def _list(wanted: deadlines.Filter, ticked: Collection[int] = (), refusals: Mapping[str, str] | None = None) -> str:
    """Return the page of the list; what was refused of an urge stands beside its fields, the rows ticked."""
    session = db.session()
    return render_template(
        "supervision/index.html",
        wanted=wanted,
        page=deadlines.page(session, me(), wanted),
        counts=deadlines.counts(session, me()),
        units=supervision.units(session, me()),
        holders=deadlines.holders(session, me()),
        ticked=ticked,
        refusals=refusals or {},
    )


@bp.post("/urge")
def urge() -> str | tuple[str, int] | Response:
    """Urge whoever each of the chosen periods waits for; say for each what came of it."""
    wanted = deadlines.filter_from(request.args)
    chosen = [n for n in map(number, request.form.getlist("deadline")) if n][: filters.MOST]
    form = forms.build("desk:urge", request.form, facts={})
    refusals = {} if form.validate() else {"text": str(form.text.errors[0])}
    if not chosen:
        refusals["deadline"] = gettext("请先勾选要催办的期限")
    if refusals:
        return _list(wanted, chosen, refusals), 422
    results = [_one(deadline_id, form.answers()["text"]) for deadline_id in chosen]
    back = url_for(".index", **wanted.query())
    if len(results) == 1:
        flash(results[0]["text"], "success" if results[0]["done"] else "error")
        return redirect(back, 303)
    done = sum(r["done"] for r in results)
    return render_template("supervision/urged.html", results=results, done=done, back=back)


def _one(deadline_id: int, text: str) -> dict[str, Any]:
    session = db.session()
    try:
        with changing(session):
            deadline = urging.urge_period(session, deadline_id, text=text, by=me())
        return {"done": True, "deadline": deadline, "text": gettext("已催办")}
    except Refusal as refusal:
        return {"done": False, "deadline": _shown(deadline_id), "text": sentence(refusal)}


def _shown(deadline_id: int) -> Deadline | None:
    try:
        return deadlines.deadline_for(db.session(), me(), deadline_id)
    except NotFound:
        return None


@bp.get("/overview")
def overview() -> str:
    """Show what runs out in the next days, the periods of each unit by lamp, and who has how much in hand."""
    session = db.session()
    calendar = periods.calendar_of(session)
    days, units = deadlines.coming(session, me()), figures.by_unit(session, me())
    people = figures.by_person(session, me())
    return render_template(
        "supervision/overview.html",
        days=[(line, not calendar.is_working(line.day), charts.note(line.day, calendar)) for line in days],
        units=units,
        people=people,
        sent=reminders.sent(session, me()),
        charts={
            "coming": charts.coming(days, calendar),
            "lamps": charts.lamps(units),
            "tasks": charts.tasks(people),
            "loads": charts.loads(people),
        },
    )


@bp.get("/sent")
def sent() -> str:
    """Show who urged whom, or with ``?what=reminders`` who was reminded of what, in the last thirty days."""
    session = db.session()
    what = filters.one_of(request.args.get("what"), ("urges", "reminders"), "urges", "what", "没有这个列表")
    before = filters.number(request.args.get("before"), "before")
    rows = reminders.urges if what == "urges" else reminders.reminders
    return render_template(
        "supervision/sent.html", what=what, page=rows(session, me(), before), sent=reminders.sent(session, me())
    )


@bp.get("/figures", endpoint="figures")
def show_figures() -> str:
    """Show what came and went, how long it took, and what waits longest."""
    session = db.session()
    months, lengths = figures.by_month(session, me()), figures.lengths(session, me())
    overall = figures.overall(session, me())
    return render_template(
        "supervision/figures.html",
        longest=figures.longest(session, me()),
        months=months,
        lengths=[(_took(process), found, overall.get(process)) for process, found in lengths.items()],
        charts={"months": charts.months(months), "lengths": charts.lengths(months, lengths)},
        stages={process: figures.by_stage(session, me(), process) for process in COURSES},
        outcomes=figures.outcomes(session, me()),
        today=clock.today(),
    )


def _took(process: str) -> str:
    return str(gettext("%(process)s用时", process=word("process", process)))


@bp.get("/bottlenecks")
def bottlenecks() -> str:
    """Show where cases are stuck in the version that most of them are in; the others are one press away."""
    versions = queries.versions(db.session(), me())
    fullest = max(versions, key=lambda row: row[1], default=None)
    return _stuck(versions, fullest[0] if fullest else None)


@bp.get("/bottlenecks/<digest>")
def bottleneck(digest: str) -> str:
    """Show where the cases of one process version are stuck."""
    versions = queries.versions(db.session(), me())
    return _stuck(versions, _among(versions, digest))


Versions = list[tuple[ProcessVersion, int]]


def _among(versions: Versions, digest: str) -> ProcessVersion:
    found = next((version for version, _ in versions if version.digest == digest), None)
    if found is None:
        raise NotFound("process version")
    return found


def _stuck(versions: Versions, shown: ProcessVersion | None) -> str:
    """Return the page: the diagram with live counts, and each step in words, with how long cases wait there."""
    if shown is None:
        return render_template("supervision/bottlenecks.html", versions=versions, shown=None)
    compiled = processes.version_of(db.session(), shown.digest)
    lines = queries.steps(db.session(), me(), shown.digest)
    outline = engine.outline(compiled)
    return render_template(
        "supervision/bottlenecks.html",
        versions=versions,
        shown=shown,
        steps=[(step, lines.get(step.id, queries.StepLine())) for step in outline if step.kind == "userTask"],
        part=diagrams.asked_part(compiled),
        ways=diagrams.ways(compiled, "supervision.bottleneck", digest=shown.digest),
    )


@bp.get("/bottlenecks/<digest>.bpmn")
def diagram(digest: str) -> Page:
    """Return the diagram of a process version, with its names in the reader's language."""
    version = _among(queries.versions(db.session(), me()), digest)
    drawn = diagrams.in_readers_language(processes.version_of(db.session(), version.digest))
    return Page(drawn, mimetype="application/xml")


@bp.get("/bottlenecks/<digest>.json")
def position(digest: str) -> Page:
    """Return how many cases wait in each step of a version, and in the parts it calls, for its diagrams."""
    version = _among(queries.versions(db.session(), me()), digest)
    parts = processes.version_of(db.session(), version.digest).parts
    lines = queries.steps(db.session(), me(), version.digest)
    called = queries.inside(db.session(), me(), version.digest, {call: p.inside for p in parts for call in p.calls})
    return jsonify(counts={key: line.cases for key, line in lines.items() if line.cases} | called)
