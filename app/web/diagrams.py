"""The diagram of a case with where it stands, and the same as an outline that a screen reader can follow."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template
from flask_login import current_user

from app import engine
from app.models import Case, User, db
from app.queries import cases as queries
from app.services import stepping

bp = Blueprint("diagrams", __name__, url_prefix="/cases/<int:case_id>/diagram")


def me() -> User:
    """Return who is asking."""
    return current_user._get_current_object()  # type: ignore[no-any-return]


def _case(case_id: int) -> Case:
    return queries.case_for(db.session(), me(), case_id)


def outline_of(case: Case) -> list[engine.OutlineStep]:
    """Return the steps of the case's diagram in reading order, each done, now or ahead."""
    version = stepping.version_of(db.session(), case.process_digest)
    return engine.outline(version, stepping.position_of(db.session(), case))


@bp.get("")
def show(case_id: int) -> str:
    """Show the diagram page: the picture and the outline."""
    case = _case(case_id)
    return render_template("diagrams/show.html", case=case, outline=outline_of(case))


@bp.get(".bpmn")
def xml(case_id: int) -> Response:
    """Return the diagram the case is pinned to."""
    version = stepping.version_of(db.session(), _case(case_id).process_digest)
    return Response(version.diagram, mimetype="application/xml")


@bp.get(".json")
def position(case_id: int) -> Response:
    """Return which elements are done, which are now, and which wait for an act or a day."""
    case = _case(case_id)
    steps = outline_of(case)
    waits = [w.key for w in stepping.position_of(db.session(), case).waits] if case.is_open else []
    return jsonify(
        done=[s.id for s in steps if s.state == "done"],
        now=[s.id for s in steps if s.state == "now" and s.id not in waits],
        waiting=waits,
    )
