"""Files that arrive with a form sent without scripts: kept first, then named by id like those sent before it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Request, session
from werkzeug.datastructures import MultiDict

from app.domain.errors import RuleBroken
from app.edge.files import Stranger, keep
from app.edge.sentences import sentence
from app.models import User
from app.web.security import MARK, address

Refused = list[tuple[str, RuleBroken]]


def with_files(request: Request, by: User | Stranger) -> tuple[MultiDict[str, str], Refused]:
    """Return the form with every attached file kept and replaced by its id, and which fields had one that is refused."""
    values = MultiDict(request.form)
    refused: Refused = []
    for name, files in request.files.lists():
        for file in files:
            if not file.filename:
                continue
            try:
                values.add(name, str(keep(file.filename, file.read(), by).id))
            except RuleBroken as refusal:
                refused.append((name, refusal))
    return values, refused


def stranger() -> Stranger:
    """Return who is asking as somebody without an account; the first time their session is given its mark."""
    return Stranger(session.setdefault(MARK, secrets.token_urlsafe(16)), address())


def mark() -> str:
    """Return the mark of this session, empty where nothing was brought in it."""
    return str(session.get(MARK, ""))


def answered(form: Any, refused: Refused) -> bool:
    """Say whether the answers and the files of a form can be taken; what is wrong stands beside its field."""
    well = form.validate()
    return not refuse(form, refused) and well


def refuse(form: Any, refused: Refused) -> bool:
    """Put what is wrong with the files beside their fields; say whether anything is."""
    for name, refusal in refused:
        form.refuse(name, sentence(refusal))
    return bool(refused)
