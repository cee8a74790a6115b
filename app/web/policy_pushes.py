"""Pushes of policies and calls: what a unit was sent and answers, and what the bureau sees of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain import policies as rules
from app.domain.errors import RuleBroken
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import AwardCall, PolicyPush, PublishedPolicy, db
from app.queries import award_calls, published_policies
from app.queries import policy_pushes as queries
from app.services import policy_pushes
from app.services.changing import changing
from app.services.sheets import Value
from app.web.security import me
from app.web.words import named, word

bp = Blueprint("policy_pushes", __name__)


# -- for a unit --------------------------------------------------------------------------------------------------------


@bp.get("/policies/received")
def received() -> str:
    """List what was pushed to one's unit, what waits for a receipt first."""
    return render_template("policy_pushes/received.html", pushes=queries.received(db.session(), me()))


@bp.get("/policies/received/<int:push_id>")
def receipt(push_id: int) -> str:
    """Show what was pushed, and ask for the receipt."""
    push = queries.push_for(db.session(), me(), push_id)
    return _receipt_page(push, forms.build("desk:policy_receipt", facts={}, data=_said(push)))


@bp.post("/policies/received/<int:push_id>")
def answer(push_id: int) -> Answer | tuple[str, int]:
    """Give the receipt."""
    push = queries.push_for(db.session(), me(), push_id)
    form = forms.build("desk:policy_receipt", request.form, facts={})
    if not form.validate():
        return _receipt_page(push, form), 422
    answers = form.answers()
    with changing(db.session):
        policy_pushes.answer(db.session(), push, rules.Answer(answers["answer"]), answers["note"], by=me())
    flash(gettext("回执已提交"), "success")
    return redirect(url_for(".received"), 303)


def _said(push: PolicyPush) -> dict[str, Any]:
    return {"answer": push.answer, "note": push.note}


def _receipt_page(push: PolicyPush, form: Any) -> str:
    return render_template("policy_pushes/receipt.html", push=push, form=form, today=clock.today())


# -- for the bureau ----------------------------------------------------------------------------------------------------


@bp.get("/policies/<int:number>/pushes")
def of_policy(number: int) -> str:
    """Show to whom a policy was pushed and who has answered."""
    return _page(_policy(number))


@bp.post("/policies/<int:number>/pushes")
def push_policy(number: int) -> Answer:
    """Push a policy to the members of today whom it fits."""
    return _pushed(_policy(number))


@bp.get("/policies/<int:number>/pushes.xlsx")
def export(number: int) -> Response:
    """Return the same as a spreadsheet."""
    return _sheet(_policy(number))


@bp.get("/awards/calls/<int:number>/pushes")
def of_call(number: int) -> str:
    """Show to whom a call for awards was pushed and who has answered."""
    return _page(award_calls.numbered(db.session(), number))


@bp.post("/awards/calls/<int:number>/pushes")
def push_call(number: int) -> Answer:
    """Push a call for awards to the members of today."""
    return _pushed(award_calls.numbered(db.session(), number))


@bp.get("/awards/calls/<int:number>/pushes.xlsx")
def export_call(number: int) -> Response:
    """Return the same as a spreadsheet."""
    return _sheet(award_calls.numbered(db.session(), number))


def _policy(number: int) -> PublishedPolicy:
    return published_policies.numbered(db.session(), number)


def _page(pushed: PublishedPolicy | AwardCall) -> str:
    session = db.session()
    may_push = policy.may(me(), "policy_push.make", pushed)
    pushes = queries.pushes_of(session, me(), pushed)
    districts, total = queries.by_district(pushes)
    ways = (
        ("of_call", "push_call", "export_call")
        if isinstance(pushed, AwardCall)
        else ("of_policy", "push_policy", "export")
    )
    here, push_to, sheet = (url_for(f".{way}", number=pushed.number) for way in ways)
    return render_template(
        "policy_pushes/show.html",
        pushed=pushed,
        is_call=isinstance(pushed, AwardCall),
        pushes=pushes,
        districts=districts,
        total=total,
        here=here,
        push_to=push_to,
        sheet=sheet,
        fitting=len(queries.to_reach(session, pushed, clock.today())) if may_push else 0,
        may_push=may_push,
    )


def _pushed(pushed: PublishedPolicy | AwardCall) -> Answer:
    way = ".of_call" if isinstance(pushed, AwardCall) else ".of_policy"
    number = pushed.number
    try:
        with changing(db.session):
            made = policy_pushes.push(db.session(), pushed, by=me())
        flash(ngettext("已推送给 %(num)s 家单位", "已推送给 %(num)s 家单位", len(made)), "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(way, number=number), 303)


def _sheet(pushed: PublishedPolicy | AwardCall) -> Response:
    columns = [
        gettext("单位"),
        gettext("统一社会信用代码"),
        gettext("区"),
        gettext("产业"),
        gettext("直联专员"),
        gettext("推送日期"),
        gettext("回执"),
        gettext("说明"),
        gettext("回执日期"),
        gettext("回执人"),
    ]
    lines = (_line(one) for one in queries.pushes_of(db.session(), me(), pushed))
    return spreadsheet(gettext("推送和回执"), columns, lines)


def _line(one: PolicyPush) -> list[Value]:
    member = one.member
    return [
        member.organization.name,
        member.organization.uscc or "",
        named(member.district),
        word("industry", member.industry),
        member.liaison.name if member.liaison else "",
        one.pushed_at.date(),
        word("push_answer", one.answer),
        one.note,
        one.receipt_at.date() if one.receipt_at else None,
        one.receipt_by.name if one.receipt_by else "",
    ]
