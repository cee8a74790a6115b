"""The letters that an act would issue, to be read before it is done."""

from __future__ import annotations

from typing import Any

from flask import Response

from app.domain.errors import RuleBroken
from app.models import db
from app.services import attempts, papers
from app.web.security import me

# The steps and the acts that may issue letters; whether they do depends on the answers.
TASKS = frozenset(
    {
        "close_failed",
        "confirm_competence",
        "correct_materials",
        "decide_recusal",
        "docket",
        "formality_check",
        "hold_session",
        "joint_application",
        "performance",
        "reappoint",
        "refuse_docketing",
        "schedule_session",
        "statement",
    }
)
ACTS = frozenset(
    {"apply_notarisation", "file_case", "hand_over", "recuse", "register_statement", "to_adjudication", "withdraw"}
)


def letters(what: str, *args: Any) -> Response:
    """Return the letters that an act would issue as one PDF; refuses where these answers lead to none."""
    found = attempts.rehearse(db.session(), what, *args, by=me())
    if not found:
        raise RuleBroken("按现在的填写，办理后不会制作文书")
    return shown(papers.previewed(found))


def shown(data: bytes) -> Response:
    """Return a PDF that opens in the window."""
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=preview.pdf"})
