"""Policies, for anybody: the list, each one with everything it says, and the topics somebody wants to hear of."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.policies import Level, Topic
from app.edge.files import handed_out
from app.models import User, db
from app.queries import policy_pushes as pushes
from app.queries import published_policies as queries
from app.services import policy_subscriptions
from app.services.changing import changing
from app.web.security import me
from app.web.words import word

bp = Blueprint("policies", __name__, url_prefix="/policies")


@bp.get("")
def index() -> str:
    """List the policies in force, or those that somebody looks for."""
    return _page(_subscription())


def _page(form: Any) -> str:
    wanted = queries.wanted_from(request.args)
    return render_template(
        "policies/index.html",
        wanted=wanted,
        page=queries.page(db.session(), wanted),
        levels=[(one.value, word("policy_level", one)) for one in Level],
        topics=[(one.value, word("policy_topic", one)) for one in Topic],
        standings=[(queries.ENDED, gettext("已经失效")), (queries.ALL, gettext("全部"))],
        today=clock.today(),
        form=form,
        waiting=len([one for one in pushes.received(db.session(), me()) if one.answer is None])
        if _is_of_a_unit()
        else None,
    )


def _subscription(given: Any = None) -> Any:
    if not current_user.is_authenticated:
        return None
    kept = {"subscribed": queries.topics_of(db.session(), me())}
    return forms.build("desk:policy_topics", given, facts={}, data=kept)


def _is_of_a_unit() -> bool:
    return current_user.is_authenticated and bool(me().organization_ids)


@bp.post("/subscription")
def subscribe() -> Answer | tuple[str, int]:
    """Choose the topics of which one wants to hear."""
    form = _subscription(request.form)
    if not form.validate():
        return _page(form), 422
    with changing(db.session):
        policy_subscriptions.choose(db.session(), map(Topic, form.answers()["subscribed"]), by=me())
    flash(gettext("订阅已保存"), "success")
    return redirect(url_for(".index"), 303)


@bp.get("/<int:number>")
def show(number: int) -> str:
    """Show one policy with everything it says."""
    session = db.session()
    found = queries.numbered(session, number)
    user: User | None = me() if current_user.is_authenticated else None
    own = pushes.received(session, user) if user is not None and user.organization_ids else []
    return render_template(
        "policies/show.html",
        policy=found,
        standing=found.standing(clock.today()),
        successor=queries.successor(session, found),
        today=clock.today(),
        own=next((one for one in own if one.policy_id == found.id), None),
        is_staff=user is not None and policy.has_to_do_with_the_programme(user, None),
    )


@bp.get("/<int:number>/files/<int:file_id>")
def file(number: int, file_id: int) -> Response:
    """Hand out a file of a published policy."""
    return handed_out(queries.file_of(queries.numbered(db.session(), number), file_id))
