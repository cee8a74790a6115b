"""Refusals in the reader's language."""

from __future__ import annotations

from flask_babel import get_locale, gettext

from app.domain.errors import NotAllowed, NotFound, NotTaken, Refusal, RuleBroken, Stale, TooLarge
from app.services.throttling import TooMany

STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Stale: 409,
    TooLarge: 413,
    NotTaken: 415,
    RuleBroken: 422,
    TooMany: 429,
}


def sentence(refusal: Refusal) -> str:
    """Return what a refusal says, in the reader's language."""
    params = refusal.params_in(str(get_locale()), gettext)
    return str(gettext(refusal.message, **params))


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal; a refusal of a kind of its own takes that of the kind it is derived from."""
    return next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)
