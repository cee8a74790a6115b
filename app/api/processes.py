"""What the caller may start, each with its form."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

import forms
from app import policy
from app.api import door, shapes
from app.api.routes import operation
from app.models import db
from app.queries import facts, processes


def list_processes() -> Response:
    """Return the processes that the caller may start."""
    offered = []
    for row in processes.offered(db.session()):
        key = processes.version_of(db.session(), row.digest).start_form
        if key in forms.FORMS and policy.may(door.me(), f"case.start.{row.key}"):
            known = facts.of_start(db.session(), door.me(), row.key)
            schema = forms.schema(forms.build(key, facts=known))
            offered.append({"key": row.key, "name": row.name, "name_en": row.name_en, "form": schema})
    return jsonify(items=offered)


def add_routes(bp: Blueprint) -> None:
    """Add the operation on processes."""
    gives = shapes.thing(items=shapes.listing(shapes.PROCESS))
    operation(bp, "GET", "/processes", list_processes, summary="What may be started", gives=gives)
