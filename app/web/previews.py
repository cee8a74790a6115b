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
        "answer",
        "apply_enforcement",
        "approve_decision",
        "approve_publication",
        "check_answer",
        "check_performance",
        "close_failed",
        "comment_findings",
        "conclude_deliberation",
        "confirm_adjudication",
        "confirm_competence",
        "correct_materials",
        "decide_cancellation",
        "decide_docketing",
        "decide_jurisdiction",
        "decide_measure",
        "decide_panel_recusal",
        "decide_recusal",
        "decide_suspension",
        "docket",
        "examine_evidence",
        "examine_request",
        "formality_check",
        "hearing_reply",
        "hold_hearing",
        "hold_session",
        "joint_application",
        "notify_findings",
        "performance",
        "reappoint",
        "record_enforcement",
        "refuse_docketing",
        "replace_member",
        "schedule_hearing",
        "schedule_session",
        "seal_terms",
        "set_evidence_period",
        "settle_registration",
        "statement",
    }
)
ACTS = frozenset(
    {
        "apply_notarisation",
        "ask_suspension",
        "change_panel",
        "correct_decision",
        "extend_answer",
        "extend_closing_of_case",
        "extend_evidence",
        "file_case",
        "hand_over",
        "join_party",
        "object_jurisdiction",
        "record_measure",
        "recuse",
        "recuse_member",
        "register_statement",
        "request_measure",
        "resume",
        "to_adjudication",
        "withdraw",
        "withdraw_case",
    }
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
