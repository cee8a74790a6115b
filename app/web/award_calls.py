"""Calls for awards, for those who draw them up, publish them and give them money; what everybody sees is in ``awards``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, policy
from app.domain.awards.calls import CallMode, Terms
from app.domain.awards.payments import BadRow
from app.domain.errors import RuleBroken
from app.edge import sheets as edge
from app.edge.sentences import sentence
from app.models import AwardCall, db
from app.queries import award_calls as queries
from app.queries import award_schedule
from app.services import award_calls, sheets
from app.services.awards import listing
from app.services.changing import changing
from app.web import drawn_up
from app.web.security import address, me

bp = Blueprint("award_calls", __name__, url_prefix="/award-calls")


@bp.get("")
def index() -> str:
    """List the calls, drafts first, each with how much of its money is spoken for."""
    return render_template(
        "award_calls/index.html",
        calls=queries.for_staff(db.session()),
        today=clock.today(),
        may_draw_up=policy.may(me(), "award_call.draw_up"),
    )


def _form(given: Any = None, data: Any = None) -> Any:
    session = db.session()
    lines = award_schedule.lines_on(session, clock.today())
    awards = {
        line.id: line.name._replace(zh=f"{line.id} {line.name.zh}", en=f"{line.id} {line.name.en}") for line in lines
    }
    return forms.build("desk:award_call", given, facts={"awards": awards}, data=data)


@bp.get("/new")
def new() -> str:
    """Ask what a new call says."""
    return _write_page(_form(), None)


@bp.post("")
def create() -> Response | tuple[str, int]:
    """Begin a call, or show what is wrong with it."""
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, None), 422
    try:
        with changing(db.session):
            call = award_calls.begin(db.session(), _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, None), 422
    return redirect(url_for(".show", call_id=call.id), 303)


@bp.get("/<int:call_id>")
def show(call_id: int) -> str:
    """Show one call, and what can be done with it."""
    return _page(queries.call_for(db.session(), me(), call_id))


def _page(call: AwardCall, form: Any = None, *, error: str = "", bad: Sequence[BadRow] = ()) -> str:
    user = me()
    return render_template(
        "award_calls/show.html",
        call=call,
        lines=queries.lines_of(db.session(), call),
        stage=call.stage(clock.today()),
        form=form or forms.build("desk:award_budget", facts={}),
        error=error,
        bad=[(one.number, sentence(one.refusal)) for one in bad],
        may_load=call.number is not None and call.mode == CallMode.DIRECT and policy.may(user, "award_list.load", call),
        may_draw_up=call.is_drawn_up and policy.may(user, "award_call.draw_up", call),
        may_publish=call.waits and policy.may(user, "award_call.publish", call) and call.made_by_id != user.id,
        may_add=call.number is not None and policy.may(user, "award_call.add_budget", call),
    )


@bp.get("/<int:call_id>/edit")
def edit(call_id: int) -> str:
    """Ask what a draft says from now on."""
    call = queries.call_for(db.session(), me(), call_id)
    policy.check(me(), "award_call.draw_up", call)
    return _write_page(_form(data=_data_of(call)), call)


@bp.post("/<int:call_id>/edit")
def rewrite(call_id: int) -> Response | tuple[str, int]:
    """Write a draft anew, or show what is wrong with it."""
    call = queries.call_for(db.session(), me(), call_id)
    form = _form(request.form)
    if not form.validate():
        return _write_page(form, call), 422
    try:
        with changing(db.session):
            award_calls.rewrite(db.session(), call, _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, call), 422
    return redirect(url_for(".show", call_id=call_id), 303)


@bp.post("/<int:call_id>/proposal")
def propose(call_id: int) -> Response:
    """Hand a draft to whoever publishes it, or throw it away."""
    return drawn_up.handed_over(
        award_calls, queries.call_for(db.session(), me(), call_id), gettext("已提交，由部门负责人发布"), call_id=call_id
    )


@bp.post("/<int:call_id>/publication")
def publish(call_id: int) -> Response:
    """Publish what was proposed, or send it back."""
    return drawn_up.published(award_calls, queries.call_for(db.session(), me(), call_id), call_id=call_id)


@bp.post("/<int:call_id>/budget")
def add_budget(call_id: int) -> Response | tuple[str, int]:
    """Give a published call more money."""
    call = queries.call_for(db.session(), me(), call_id)
    form = forms.build("desk:award_budget", request.form, facts={})
    if not form.validate():
        return _page(call, form), 422
    answers = form.answers()
    try:
        with changing(db.session):
            award_calls.add_budget(
                db.session(), call, Decimal(answers["amount"]), reason=answers["reason"], by=me(), address=address()
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(call, form), 422
    flash(gettext("预算已追加"), "success")
    return redirect(url_for(".show", call_id=call_id), 303)


@bp.get("/list.xlsx")
def list_form() -> Response:
    """Return an empty list of recognised units, to be filled in."""
    return edge.handed_out(sheets.write("认定名单", listing.COLUMNS, []), "认定名单.xlsx")


@bp.post("/<int:call_id>/list")
def load_list(call_id: int) -> Response | tuple[str, int]:
    """Load the recognised list of a direct award; a file with a bad row changes nothing."""
    call = queries.call_for(db.session(), me(), call_id)
    try:
        data = edge.sent(request)
        with changing(db.session):
            opened, bad = listing.load(db.session(), call, data, by=me(), address=address())
    except RuleBroken as refusal:
        return _page(queries.call_for(db.session(), me(), call_id), error=sentence(refusal)), 422
    if bad:
        return _page(queries.call_for(db.session(), me(), call_id), bad=bad), 422
    flash(gettext("已载入 %(n)s 家，请各单位确认", n=len(opened)), "success")
    return redirect(url_for(".show", call_id=call_id), 303)


def _write_page(form: Any, call: AwardCall | None) -> str:
    return render_template("award_calls/write.html", form=form, call=call)


def _data_of(call: AwardCall) -> dict[str, Any]:
    return {
        "heading": call.title,
        "mode": call.mode,
        "awards": list(call.awards),
        "opens_on": call.opens_on,
        "closes_on": call.closes_on,
        "budget": call.budget,
        "experts": call.experts,
        "members_only": call.members_only,
        "audience": call.audience,
        "notes": call.notes,
    }


def _terms(answers: Any) -> Terms:
    return Terms(
        title=answers["heading"],
        mode=CallMode(answers["mode"]),
        awards=tuple(sorted(answers["awards"])),
        opens_on=date.fromisoformat(answers["opens_on"]),
        closes_on=date.fromisoformat(answers["closes_on"]),
        budget=Decimal(answers["budget"]),
        experts=bool(answers["experts"]),
        members_only=bool(answers["members_only"]),
        audience=answers["audience"],
        notes=answers["notes"],
    )
