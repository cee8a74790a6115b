"""Refusals become pages: one table, plain words, a reference number where something broke."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import escape
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.domain.errors import NotFound, NotNow, Refusal, Stale
from app.edge.files import too_large
from app.edge.sentences import sentence, status_of
from app.models import db
from app.services.attempts import Failed
from app.services.changing import is_busy
from app.web import access
from app.web.security import safe_next

log = logging.getLogger(__name__)

# What is still said when the database does not answer: the frame of every page asks it.
BARE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>暂时无法使用</title></head>
<body><h1>暂时无法使用</h1><p>系统暂时无法读取数据，您没有提交的内容不会丢失，请过几分钟再试。{reference}</p>
<p lang="en">The system cannot read its data for the moment. Please try again in a few minutes.</p></body></html>
"""
WAITING = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>系统正忙</title></head>
<body><h1>系统正忙</h1><p>系统正忙，没有作任何更改，请稍后再试一次。</p>
<p lang="en">The system is busy. Nothing was changed; please try again in a moment.</p></body></html>
"""

PAGES = (400, 401, 403, 404, 405, 409, 413, 414, 422, 429, 500)


def install(app: Flask) -> None:
    """Register the handlers of pages; the API registers its own for its paths."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> tuple[str, int]:
        db.session.rollback()
        # that somebody was first, and that nothing is there, is what those pages say by themselves
        by_itself = isinstance(error, NotFound | Stale) and not isinstance(error, NotNow)
        return page(status_of(error), None if by_itself else sentence(error))

    @app.errorhandler(StaleDataError)
    def overtaken(_error: StaleDataError) -> tuple[str, int]:
        db.session.rollback()
        return page(409, None)

    @app.errorhandler(Failed)
    def failed(error: Failed) -> tuple[str, int]:
        return page(500, None, error.reference)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> tuple[str, int]:
        if access.asks_who(request.endpoint) and not current_user.is_authenticated:
            return page(401, gettext("您已经退出登录，刚才的提交没有生效"))
        return page(400, gettext("页面已过期，请刷新后再提交一次"))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str | Response, int, dict[str, str]] | HTTPException:
        if error.code not in PAGES:
            return error
        said = too_large() if error.code == 413 else None
        if request.endpoint == "files.upload" and said:  # a script asked
            return jsonify(error=said), 413, {}
        text, status = page(error.code, said)
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return text, status, kept

    app.register_error_handler(Exception, _broken)


def _broken(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    if is_busy(error):  # who is asking could not be looked up; the frame of a page would wait as long again
        return WAITING, 503
    reference = f"E{secrets.token_hex(4).upper()}"
    where = request.url_rule if "token" in (request.view_args or {}) else request.path  # a log keeps no secret
    log.exception("%s %s broke: %s", request.method, where, reference, exc_info=error)
    return page(500, None, reference)


def _came_from() -> str:
    """Return the page of this site on which the form stood, where the browser says so."""
    came_from = urlsplit(request.referrer or "")
    return (safe_next(came_from.path) or "") if came_from.netloc == request.host else ""


def _way_back_in() -> str:
    """Return the login that leads back to the page where the form stood."""
    here = _came_from() or (request.path if request.method == "GET" else "")
    return url_for("sessions.new", next=safe_next(here))


def _way_to_the_case() -> str:
    """Return the case that has moved on, as far as the address names one; a task that is done leads to its case."""
    places = (("case_id", "cases.show"), ("task_id", "tasks.show"))
    named = request.view_args or {}
    return next((url_for(endpoint, **{name: named[name]}) for name, endpoint in places if name in named), "")


def page(status: int | None, text: str | None, reference: str | None = None) -> tuple[str, int]:
    """Return the page for a status, with what happened in words."""
    code = status if status in PAGES else 500
    try:
        ways = {401: _way_back_in, 409: _way_to_the_case, 413: _came_from}
        way = ways[code]() if code in ways else ""
        return render_template(f"errors/{code}.html", message=text, reference=reference, way=way), code
    except SQLAlchemyError:
        log.exception("the error page itself needs the database")
        return BARE.format(reference=escape(reference or "")), 503
