"""What is being typed is kept as it is typed."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import MultiDict

from app.domain import scopes
from app.domain.errors import Refusal, RuleBroken
from app.edge.sentences import sentence
from app.models import Draft, db
from app.services import drafts
from app.services.changing import changing
from app.web.presenting import cn_time
from app.web.security import me

bp = Blueprint("drafts", __name__, url_prefix="/drafts")
bp.app_context_processor(lambda: {"scopes": scopes})

LEFT_OUT = frozenset({"csrf_token", "confirmed", "change_rows", "back", "once"})


def keep_typed(values: MultiDict[str, str], scope: str) -> Draft:
    """Keep what stands in a form as this person's draft for that place."""
    typed = {name: values.getlist(name) for name in values if name not in LEFT_OUT}
    return drafts.save(db.session(), scope, typed, by=me())


def keep_refused(values: MultiDict[str, str], scope: str) -> None:
    """Keep an answer that was refused: whoever goes elsewhere before mending it finds it again."""
    with suppress(Refusal), changing(db.session):
        keep_typed(values, scope)


@bp.post("/<path:scope>")
def save(scope: str) -> tuple[Response, int]:
    """Keep a form as far as it is filled in; every value as it was typed."""
    try:
        with changing(db.session):
            draft = keep_typed(request.form, scope)
    except RuleBroken as refusal:
        return jsonify(error=sentence(refusal)), 422
    return jsonify(saved_at=cn_time(draft.saved_at)), 200


@bp.post("/<path:scope>/discard")
def discard(scope: str) -> Response:
    """Throw a draft away."""
    with changing(db.session):
        drafts.discard(db.session(), scope, by=me())
    return jsonify(ok=True)
