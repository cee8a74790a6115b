"""Refusals become pages: one table, plain words, a reference number where something broke."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from app.domain.errors import NotFound, Refusal
from app.edge.sentences import sentence, status_of
from app.models import db
from app.services.attempts import Failed

log = logging.getLogger(__name__)

PAGES = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500)


def install(app: Flask) -> None:
    """Register the handlers of pages; the API registers its own for its paths."""

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> tuple[str, int]:
        db.session.rollback()
        return page(status_of(error), None if isinstance(error, NotFound) else sentence(error))

    @app.errorhandler(StaleDataError)
    def overtaken(_error: StaleDataError) -> tuple[str, int]:
        db.session.rollback()
        return page(409, None)

    @app.errorhandler(Failed)
    def failed(error: Failed) -> tuple[str, int]:
        return page(500, None, error.reference)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> tuple[str, int]:
        return page(400, gettext("页面已过期，请刷新后再提交一次"))

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int, dict[str, str]] | HTTPException:
        if error.code not in PAGES:
            return error
        text, status = page(error.code, None)
        kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
        return text, status, kept

    @app.errorhandler(Exception)
    def broken(error: Exception) -> tuple[str, int]:
        db.session.rollback()
        reference = f"E{secrets.token_hex(4).upper()}"
        log.exception("%s %s broke: %s", request.method, request.path, reference, exc_info=error)
        return page(500, None, reference)


def page(status: int | None, text: str | None, reference: str | None = None) -> tuple[str, int]:
    """Return the page for a status, with what happened in words."""
    code = status if status in PAGES else 500
    return render_template(f"errors/{code}.html", message=text, reference=reference), code
