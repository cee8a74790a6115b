"""Files that arrive with a form sent without scripts: kept first, then named by id like those sent before it."""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.datastructures import MultiDict

from app.domain.errors import RuleBroken
from app.edge.files import keep
from app.edge.sentences import sentence
from app.models import User

Refused = list[tuple[str, RuleBroken]]


def with_files(request: Request, by: User) -> tuple[MultiDict[str, str], Refused]:
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


def refuse(form: Any, refused: Refused) -> bool:
    """Put what is wrong with the files beside their fields; say whether anything is."""
    for name, refusal in refused:
        form.refuse(name, sentence(refusal))
    return bool(refused)
