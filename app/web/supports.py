"""The register of supports without an amount: who was given what, and when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.supports import SECTIONS
from app.domain.supports import Support as Kind
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import Support, db
from app.queries import filters
from app.queries import supports as queries
from app.queries.uploads import uploaded
from app.services import supports
from app.services.changing import changing
from app.services.sheets import Value
from app.web import uploads
from app.web.security import me
from app.web.words import word

bp = Blueprint("supports", __name__, url_prefix="/supports")


@bp.get("")
def index() -> str:
    """List the supports, filtered by what, to whom and when."""
    session = db.session()
    asked = _asked()
    return render_template(
        "supports/index.html",
        entries=queries.entries(session, **asked),
        asked=asked,
        choices=[(one.value, f"{one.value} {word('support', one)}") for one in Kind],
        years=[(one, str(one)) for one in queries.years(session)],
        may_enter=policy.may(me(), "support.enter"),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the same list as a spreadsheet."""
    columns = [
        gettext("支持编号"),
        gettext("支持事项"),
        gettext("方案条目"),
        gettext("受支持的单位"),
        gettext("统一社会信用代码"),
        gettext("日期"),
        gettext("给予了什么支持"),
        gettext("登记的金额（元，系统未计算）"),
        gettext("公布处"),
        gettext("登记人"),
        gettext("登记日期"),
    ]
    lines = (_line(entry) for entry in queries.entries(db.session(), **_asked()))
    return spreadsheet(gettext("支持登记"), columns, lines)


@bp.get("/new")
def new() -> str:
    """Ask for an entry."""
    return _form_page(_form(corrects=False))


@bp.post("/new", endpoint="create")
def create() -> Answer | tuple[str, int]:
    """Enter a support, or show what is wrong with it."""
    values, refused = uploads.with_files(request, me())
    form = _form(values, corrects=False)
    if not uploads.answered(form, refused):
        return _form_page(form), 422
    try:
        with changing(db.session):
            entry = supports.enter(db.session(), _entry(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _form_page(form), 422
    flash(gettext("已登记"), "success")
    return redirect(url_for(".show", support_id=entry.id), 303)


@bp.get("/<int:support_id>")
def show(support_id: int) -> str:
    """Show one entry, and what it said before it was corrected."""
    session = db.session()
    entry = queries.support_for(session, me(), support_id)
    return render_template(
        "supports/show.html",
        entry=entry,
        section=SECTIONS[Kind(entry.kind)],
        former=queries.former(entry),
        successor=queries.successor(session, entry),
        may_correct=entry.in_force and policy.may(me(), "support.enter", entry),
    )


@bp.get("/<int:support_id>/files/<int:file_id>")
def evidence(support_id: int, file_id: int) -> Response:
    """Hand out a file of an entry."""
    return handed_out(queries.file_for(db.session(), me(), support_id, file_id))


@bp.get("/<int:support_id>/correction")
def correction(support_id: int) -> str:
    """Ask what is right in the place of an entry."""
    former = _corrected(support_id)
    if not former.in_force:
        raise Stale("这条登记刚才已被更正，请刷新后查看")
    return _form_page(_form(corrects=True, data=_data_of(former)), former)


@bp.post("/<int:support_id>/correction", endpoint="correct")
def correct(support_id: int) -> Answer | tuple[str, int]:
    """Enter what is right; the former entry is kept."""
    former = _corrected(support_id)
    values, refused = uploads.with_files(request, me())
    form = _form(values, corrects=True)
    if not uploads.answered(form, refused):
        return _form_page(form, former), 422
    answers = form.answers()
    try:
        with changing(db.session):
            entry = supports.correct(db.session(), former, _entry(answers), reason=answers["reason"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _form_page(form, queries.support_for(db.session(), me(), support_id)), 422
    flash(gettext("已更正，原来的登记保留备查"), "success")
    return redirect(url_for(".show", support_id=entry.id), 303)


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _asked() -> dict[str, Any]:
    """Return by what the list is filtered."""
    return {
        "kind": filters.one_of(request.args.get("kind"), list(Kind), "", "kind", "没有这项支持"),
        "receiver": request.args.get("receiver", "").strip()[:200],
        "year": filters.number(request.args.get("year"), "year"),
    }


def _line(entry: Support) -> list[Value]:
    kind = Kind(entry.kind)
    return [
        entry.kind,
        word("support", kind),
        SECTIONS[kind],
        entry.receiver,
        entry.uscc,
        entry.given_on,
        entry.what,
        entry.amount,
        entry.published,
        entry.entered_by.name,
        entry.entered_at.date(),
    ]


def _corrected(support_id: int) -> Support:
    entry = queries.support_for(db.session(), me(), support_id)
    policy.check(me(), "support.enter", entry)
    return entry


def _form(given: Any = None, *, corrects: bool, data: Any = None) -> Any:
    facts = {**uploaded(db.session(), me()), "today": clock.today(), "corrects": corrects}
    return forms.build("desk:support", given, facts=facts, data=data)


def _form_page(form: Any, former: Support | None = None) -> str:
    return render_template("supports/form.html", form=form, former=former)


def _data_of(entry: Support) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "receiver": entry.receiver,
        "uscc": entry.uscc,
        "given_on": entry.given_on,
        "what": entry.what,
        "amount": entry.amount,
        "published": entry.published,
    }


def _entry(answers: Any) -> supports.Entry:
    return supports.Entry(
        kind=Kind(answers["kind"]),
        receiver=answers["receiver"],
        uscc=answers["uscc"],
        given_on=date.fromisoformat(answers["given_on"]),
        what=answers["what"],
        amount=Decimal(answers["amount"]) if answers["amount"] else None,
        published=answers["published"],
        files=answers["files"],
    )
