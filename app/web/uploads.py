"""Files that arrive with a form sent without scripts: kept first, then named by id like those sent before it."""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import MultiDict

from app.edge.files import keep
from app.models import User


def with_files(request: Request, by: User) -> MultiDict[str, str]:
    """Return the form with every attached file kept and replaced by its id."""
    values = MultiDict(request.form)
    for name, files in request.files.lists():
        for file in files:
            if file.filename:
                values.add(name, str(keep(file.filename, file.read(), by).id))
    return values
