"""The services agreed with a member: what, until when, how far; the unit reads its own at the same address."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.roster.package import MEASURES, Progress, Service
from app.edge.sentences import sentence
from app.models import PackageItem, RosterMember, db
from app.queries import roster
from app.queries import service_package as queries
from app.services.changing import changing
from app.services.roster import package
from app.web.security import me

bp = Blueprint("service_package", __name__, url_prefix="/roster/members/<int:member_id>/package")


@bp.get("")
def show(member_id: int) -> str:
    """Show the package of a member, and the form for another service to who looks after it."""
    return _page(roster.member_for(db.session(), me(), member_id))


@bp.post("")
def agree(member_id: int) -> Answer | tuple[str, int]:
    """Put a service into the package."""
    member = roster.member_for(db.session(), me(), member_id)
    policy.check(me(), "package.change", member)
    form = _form("desk:package_item", request.form)
    if not form.validate():
        return _page(member, form), 422
    answers = form.answers()
    agreed = package.Agreed(
        Service(answers["service"]), answers["what"], date.fromisoformat(answers["until"]), answers["note"]
    )
    try:
        with changing(db.session):
            package.agree(db.session(), member, agreed, by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(roster.member_for(db.session(), me(), member_id), form), 422
    flash(gettext("已加入服务包"), "success")
    return redirect(url_for(".show", member_id=member_id), 303)


@bp.get("/<int:item_id>")
def item(member_id: int, item_id: int) -> str:
    """Ask how far a service has come."""
    found = _item(member_id, item_id)
    return _item_page(found, _form("desk:package_progress", data={"state": found.state, "note": found.note}))


@bp.post("/<int:item_id>")
def report(member_id: int, item_id: int) -> Answer | tuple[str, int]:
    """Say how far a service has come."""
    found = _item(member_id, item_id)
    form = _form("desk:package_progress", request.form)
    if not form.validate():
        return _item_page(found, form), 422
    answers = form.answers()
    with changing(db.session):
        package.report(db.session(), found, Progress(answers["state"]), answers["note"], by=me())
    flash(gettext("已保存"), "success")
    return redirect(url_for(".show", member_id=member_id), 303)


def _item(member_id: int, item_id: int) -> PackageItem:
    member = roster.member_for(db.session(), me(), member_id)
    return queries.item_for(db.session(), me(), member, item_id)


def _form(key: str, given: Any = None, data: Any = None) -> Any:
    return forms.build(key, given, facts={"today": clock.today()}, data=data)


def _page(member: RosterMember, form: Any = None) -> str:
    may_change = policy.may(me(), "package.change", member)
    return render_template(
        "service_package/show.html",
        member=member,
        items=queries.items(db.session(), member),
        measures=MEASURES,
        may_change=may_change,
        form=(form or _form("desk:package_item")) if may_change and member.left_on is None else None,
        own=member.organization_id in me().organization_ids,
        reads_contacts=policy.reads_contacts_or_is_of_a_unit(me(), None),
        today=clock.today(),
    )


def _item_page(found: PackageItem, form: Any) -> str:
    return render_template("service_package/item.html", item=found, member=found.member, form=form)
