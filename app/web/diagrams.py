"""The diagram of a case with where it stands, and the same as an outline that a screen reader can follow."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from app import engine
from app.domain.errors import NotFound
from app.models import Case, db
from app.queries import cases as queries
from app.queries import processes, sight
from app.services import stepping
from app.web.presenting import language
from app.web.security import me
from app.web.words import said

bp = Blueprint("diagrams", __name__, url_prefix="/cases/<int:case_id>")


def _case(case_id: int) -> Case:
    return queries.case_for(db.session(), me(), case_id)


def _follows(case: Case) -> bool:
    """Say whether this person may see where the case stands now: a party that has left sees the bare diagram."""
    return sight.horizon(me(), case) == sight.EVER


def outline_of(case: Case) -> list[engine.OutlineStep]:
    """Return the steps of the case's diagram in reading order, each done, now or ahead."""
    version = processes.version_of(db.session(), case.process_digest)
    return engine.outline(version, stepping.position_of(db.session(), case))


def asked_part(version: engine.ProcessVersion) -> engine.Part:
    """Return the part whose drawing is asked for; the process itself where none is named. Raises ``NotFound``."""
    key = request.args.get("part", version.key)
    found = next((part for part in version.parts if part.key == key), None)
    if found is None:
        raise NotFound("part of a process")
    return found


def ways(version: engine.ProcessVersion, endpoint: str, **place: Any) -> list[tuple[engine.Part, str]]:
    """Return the parts of a process, each with its address at ``endpoint``."""
    return [(part, url_for(endpoint, **place, part=part.key if part.calls else None)) for part in version.parts]


def in_readers_language(version: engine.ProcessVersion) -> str:
    """Return the drawing asked for with names for the reader: Chinese as drawn, English where it has one or the catalogue."""
    part = asked_part(version)
    return engine.in_english(version, part, said) if language() == "en" else part.diagram


@bp.get("/diagram")
def show(case_id: int) -> str:
    """Show the diagram page: the picture of the process or of one of its parts, and the outline."""
    case = _case(case_id)
    version = processes.version_of(db.session(), case.process_digest)
    return render_template(
        "diagrams/show.html",
        case=case,
        outline=outline_of(case),
        follows=_follows(case),
        part=asked_part(version),
        ways=ways(version, "diagrams.show", case_id=case.id),
    )


@bp.get("/diagram.bpmn")
def xml(case_id: int) -> Response:
    """Return the diagram the case is pinned to, with its names in the reader's language."""
    version = processes.version_of(db.session(), _case(case_id).process_digest)
    return Response(in_readers_language(version), mimetype="application/xml")


@bp.get("/diagram.json")
def position(case_id: int) -> Response:
    """Return which elements are done, which are now, and which wait for an act or a day; nothing to who has left."""
    case = _case(case_id)
    if not _follows(case):
        return jsonify(done=[], now=[], waiting=[])
    steps = outline_of(case)
    waits = [w.key for w in stepping.position_of(db.session(), case).waits] if case.is_open else []
    return jsonify(
        done=[s.id for s in steps if s.state == "done"],
        now=[s.id for s in steps if s.state == "now" and s.id not in waits],
        waiting=waits,
    )
