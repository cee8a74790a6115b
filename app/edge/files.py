"""Files on their way in and out: kept after a look at what they are, handed out without becoming a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from flask import Response, current_app, request
from flask_babel import gettext

from app.documents import intake, store
from app.domain.errors import NotFound, RuleBroken
from app.models import StoredFile, User, db
from app.services import papers, throttling
from app.services.changing import changing

MOST, SECONDS = 200, 600  # files of one person
MOST_OF_STRANGERS = 60  # … and of everybody without an account behind one address
# What a browser may show in its own window; everything else is saved.
SHOWN = ("application/pdf", "image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody without an account: the mark in the session of their browser, and the address they come from."""

    mark: str
    address: str


def keep(name: str, data: bytes, by: User | Stranger) -> StoredFile:
    """Look at what a file is, keep it for this person and return its row; refuses what the office does not take.

    The look takes time, so it comes before anything is written, and nobody can ask for it without end.
    """
    with changing(db.session):
        if isinstance(by, Stranger):
            throttling.count(db.session(), f"upload-from:{by.address}", limit=MOST_OF_STRANGERS, seconds=SECONDS)
        else:
            throttling.count(db.session(), f"upload:{by.id}", limit=MOST, seconds=SECONDS)
    accepted = intake.inspect(data, name, limit=current_app.config["UPLOAD_LIMIT"])
    try:
        with changing(db.session):
            return papers.upload(
                db.session(),
                data,
                name=accepted.name,
                media_type=accepted.media_type,
                number=accepted.pages,
                by=None if isinstance(by, Stranger) else by,
                brought_by=by.mark if isinstance(by, Stranger) else None,
            )
    except store.StoreFailed as failed:
        raise RuleBroken(str(failed), field="file") from failed


def too_large() -> str:
    """Return in words how much may be sent at once: what the server refuses before it looks at a form."""
    whole, each = (
        size // (1024 * 1024) for size in (request.max_content_length or 0, current_app.config["UPLOAD_LIMIT"])
    )
    return str(gettext("一次提交的内容合计不能超过 %(whole)s MB，每份文件不能超过 %(each)s MB", whole=whole, each=each))


def handed_out(file: StoredFile) -> Response:
    """Return the bytes with a name for saving; only plain document types may open in the window."""
    try:
        with store.open(file.sha256) as stored:
            data = stored.read()
    except FileNotFoundError:
        raise NotFound("file") from None
    way = "inline" if file.media_type in SHOWN else "attachment"
    headers = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(data, mimetype=file.media_type, headers=headers)
