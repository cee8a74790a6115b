"""Bearer tokens: got with a name and a password, good for half a day, never more than their owner's rights."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext

from app.api import door, shapes
from app.api.routes import operation
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.services import accounts, second_factor, tokens
from app.services.changing import changing
from app.services.throttling import TooMany


def create_token() -> tuple[Response, int] | Response:
    """Return a new token; throttled and audited like a login."""
    given = door.body()
    name, password, code = given.get("username"), given.get("password"), given.get("code", "")
    if not isinstance(name, str) or not isinstance(password, str) or not isinstance(code, str):
        return door.problem(422, errors={"username": [gettext("请填写用户名和密码")]})
    try:
        with changing(db.session):
            address = request.remote_addr or ""
            user = accounts.authenticate(db.session(), name, password, address)
            second_factor.for_token(db.session(), user, code, address=address)
            token, expires_at = tokens.issue(db.session(), user)
    except TooMany:
        raise
    except RuleBroken as refusal:
        return door.problem(401, sentence(refusal))
    return jsonify(token=token, expires_at=expires_at.isoformat()), 200


def add_routes(bp: Blueprint) -> None:
    """Add the operations on tokens."""
    operation(
        bp,
        "POST",
        "/tokens",
        create_token,
        summary="Get a token, with the code of the second factor where there is one",
        takes=shapes.thing({"code": shapes.TEXT}, username=shapes.TEXT, password=shapes.TEXT),
        gives=shapes.TOKEN,
        refusals=(401, 422, 429),
        open_to_strangers=True,
    )
