"""What one person draws up and another publishes, over pages: proposing, publishing and discarding.

``where`` are the values in the address of the page of the thing; a version is found by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.models import User, db
from app.services.changing import changing
from app.web.security import address, me


class Service(Protocol):
    """What the service of such a noun does with what was drawn up."""

    def publish(self, session: Any, version: Any, *, by: User, address: str = "") -> None:
        """Publish what was proposed."""

    def send_back(self, session: Any, version: Any, *, by: User) -> None:
        """Give it back to be drawn up further."""

    def discard(self, session: Any, version: Any, *, by: User) -> None:
        """Throw it away."""


def proposed(
    version: Any, form: Any, page: Callable[[Any, Any], str], propose: Callable[[Any], None]
) -> Response | tuple[str, int]:
    """Hand a draft over with the answers of ``form``, or show what is wrong with it on its ``page``."""
    if not form.validate():
        return page(version, form), 422
    try:
        with changing(db.session):
            propose(form.answers())
    except RuleBroken as refusal:
        form.refuse(refusal.field or "effective_from", sentence(refusal))
        return page(version, form), 422
    flash(gettext("已提交，由部门负责人发布"), "success")
    return _to(version)


def handed_over(service: Any, thing: Any, told: str, **where: int) -> Response:
    """Hand a draft that needs no form to whoever publishes it, or throw it away where that was pressed."""
    if "discard" in request.form:
        return discarded(service, thing)
    try:
        with changing(db.session):
            service.propose(db.session(), thing, by=me())
        flash(told, "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return _to(thing, where)


def published(service: Service, version: Any, **where: int) -> Response:
    """Publish what was proposed, or send it back where that was pressed."""
    back = "send_back" in request.form
    try:
        with changing(db.session):
            if back:
                service.send_back(db.session(), version, by=me())
            else:
                service.publish(db.session(), version, by=me(), address=address())
        flash(gettext("已退回修改") if back else gettext("已发布"), "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return _to(version, where)


def discarded(service: Service, version: Any) -> Response:
    """Throw a draft away."""
    with changing(db.session):
        service.discard(db.session(), version, by=me())
    flash(gettext("草稿已删除"), "success")
    return redirect(url_for(".index"), 303)


def _to(thing: Any, where: Mapping[str, int] | None = None) -> Response:
    values: dict[str, Any] = {**(where or {"number": thing.number})}
    return redirect(url_for(".show", **values), 303)
