"""The door of the API: who is calling, and what went wrong."""

from __future__ import annotations

import logging
import math
import re
import secrets
from typing import Any

from flask import Blueprint, Response, abort, current_app, g, jsonify, request
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, Unauthorized

from app.api.routes import OPERATIONS
from app.domain.errors import NotFound, Refusal
from app.edge.files import too_large
from app.edge.sentences import sentence, status_of
from app.models import User, connection, db
from app.services import tokens
from app.services.attempts import Failed
from app.services.changing import BUSY, is_busy
from app.services.looking import looking
from app.services.once import Repeated

log = logging.getLogger(__name__)

NEVER_KEPT = re.compile("[\0\ud800-\udfff]")

TITLES = {
    400: "请求格式不正确",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这一方法",
    409: "已被他人先行办理",
    413: "文件过大",
    414: "地址过长",
    415: "不支持的内容类型",
    422: "填写有误",
    429: "操作过于频繁",
    500: "系统出错，未作任何更改",
    503: "系统正忙",
}


class Unanswerable(Exception):
    """Answers that do not fit their form: ``errors`` says for each field what is wrong."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__()
        self.errors = errors


def me() -> User:
    """Return whose token was shown."""
    return g.api_user  # type: ignore[no-any-return]


def guard(bp: Blueprint) -> None:
    """Ask for the token before, and turn every refusal into a problem document after."""
    bp.before_request(_who)
    bp.register_error_handler(Refusal, _refused)
    bp.register_error_handler(StaleDataError, lambda _e: problem(409))
    bp.register_error_handler(Failed, lambda e: problem(500, reference=e.reference))
    bp.register_error_handler(Unanswerable, lambda e: problem(422, errors=e.errors))
    bp.register_error_handler(RequestEntityTooLarge, lambda _e: problem(413, too_large()))
    bp.register_error_handler(HTTPException, lambda e: problem(e.code or 500))
    bp.register_error_handler(Exception, _broken)


def _who() -> None:
    found = OPERATIONS.get(request.endpoint or "")
    if found is None:
        abort(403)
    if found.open:
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not _is_known(token.strip()):
        raise Unauthorized
    user = tokens.owner(db.session(), token.strip())
    if user is None:
        raise Unauthorized
    g.api_user = user


def _is_known(token: str) -> bool:
    """Say whether somebody who wants to write stands here with a good token; a stranger neither waits nor lets wait.

    Whose token it is, with all their powers, is asked again under the lock under which they then act.
    """
    if connection.reading.get() or not connection.has_one_pen(db.session()):
        return True
    with looking(db.session()):
        return tokens.is_good(db.session(), token)


def off_the_map() -> Response | None:
    """Answer an address of the API that leads nowhere, or not with this method, as a problem and not as a page."""
    error = request.routing_exception
    if error is None or not request.path.startswith("/api/") or (error.code or 0) < 400:
        return None
    response = problem(error.code or 404)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def key() -> str:
    """Return the key by which the caller keeps this request from being carried out twice; empty where there is none."""
    return request.headers.get("Idempotency-Key", "").strip()


def body() -> dict[str, Any]:
    """Return the JSON object of the request; 415 for another type, 400 for what is not JSON or not an object.

    Text with characters that no database keeps (NUL, half of a surrogate pair) and numbers that are none are refused
    like what is not JSON.
    """
    try:
        value = request.get_json()
        if not isinstance(value, dict) or not _can_be_kept(value):
            abort(400)
    except RecursionError:
        abort(400)
    return value


def _can_be_kept(value: Any) -> bool:
    if isinstance(value, str):
        return NEVER_KEPT.search(value) is None
    if isinstance(value, dict):
        return all(_can_be_kept(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(map(_can_be_kept, value))
    return not isinstance(value, float) or math.isfinite(value)


def problem(status: int, detail: str = "", errors: dict[str, list[str]] | None = None, **more: Any) -> Response:
    """Return a problem document (RFC 9457)."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "status": status,
        "title": gettext(TITLES.get(status, TITLES[400])),
    }
    if detail:
        content["detail"] = detail
    if errors:
        content["errors"] = errors
    response = jsonify({**content, **more})
    response.status_code = status
    response.mimetype = "application/problem+json"
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _refused(error: Refusal) -> Response:
    db.session.rollback()
    if isinstance(error, NotFound):
        return problem(404)
    text = sentence(error)
    more = {"case_id": error.case_id} if isinstance(error, Repeated) else {}
    return problem(status_of(error), text, {error.field: [text]} if error.field else None, **more)


def _broken(error: Exception) -> Response:
    db.session.rollback()
    if is_busy(error):  # before the act began: who is calling is looked up under the same lock
        return problem(503, gettext(BUSY))
    reference = f"E{secrets.token_hex(4).upper()}"
    log.exception("%s %s broke: %s", request.method, request.path, reference, exc_info=error)
    if current_app.testing and current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    return problem(500, reference=reference)
