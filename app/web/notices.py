"""Public notices, for anybody: what is about to be done, until when, and how to object to it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

import forms
from app import clock
from app.domain import notices as rules
from app.domain.errors import NotFound, RuleBroken, Stale
from app.domain.notices import Paper, Statement
from app.edge.sentences import sentence, status_of
from app.models import Notice, db
from app.queries import notices as queries
from app.queries import objections as filed
from app.queries import periods
from app.queries.uploads import brought
from app.services import notices, objections, settings, throttling
from app.services.changing import changing
from app.web import language, uploads
from app.web.security import address
from app.web.words import said

bp = Blueprint("notices", __name__, url_prefix="/notices")

MOST, SECONDS = 20, 600  # how often one address may send the form
RECEIPTS = "receipts"  # the receipts that this browser was given: by notice, the last one
KEPT = 5


@bp.get("")
def index() -> str:
    """List the notices that are open, with the days left, and those that are over."""
    wanted = queries.wanted_from(request.args)
    page = queries.page(db.session(), wanted)
    today, calendar = clock.today(), periods.calendar_of(db.session())
    left = {one.id: rules.days_left(one.last_day, today, calendar) for one in page.open}
    return render_template("notices/index.html", wanted=wanted, page=page, left=left, subjects=rules.Subject)


@bp.get("/<notice>")
def show(notice: str) -> str:
    """Show one notice: its period, its table, and how to object."""
    found = queries.notice(db.session(), notice)
    left = rules.days_left(found.last_day, clock.today(), periods.calendar_of(db.session()))
    office = settings.several(db.session(), "office.name", "office.address", "office.phone")
    told = {key.removeprefix("office."): value for key, value in office.items()}
    return render_template(
        "notices/show.html",
        notice=found,
        headings=[said(column) for column in found.columns],
        left=left,
        is_open=notices.is_open(found),
        office=told,
        unit=found.unit,
    )


@bp.get("/<notice>/object")
def objecting(notice: str) -> str:
    """Ask what somebody holds against a row of a notice; after its period say that it is over."""
    found = queries.notice(db.session(), notice)
    try:
        objections.refuse_late(found)
    except RuleBroken as refusal:
        return _page(found, None, over=sentence(refusal))
    return _page(found, _form(found))


@bp.post("/<notice>/object")
def file(notice: str) -> tuple[str, int] | Response:
    """Take an objection: first show the answers once more, then file it and lead to its receipt."""
    with changing(db.session):
        throttling.count(db.session(), f"objection:{address()}", limit=MOST, seconds=SECONDS)
    found = queries.notice(db.session(), notice)
    try:
        objections.refuse_late(found)
    except RuleBroken as refusal:
        return _page(found, None, over=sentence(refusal)), status_of(refusal)
    values, refused = uploads.with_files(request, uploads.stranger())
    found = queries.notice(db.session(), notice)  # what was brought is committed
    form = _form(found, values)
    if "change" in request.form:
        return _page(found, form), 200
    answered = form.validate()
    if uploads.refuse(form, refused) or not answered:
        return _page(found, form), 422
    if "confirmed" not in request.form:
        return _page(found, form, step="check"), 200
    return _filed(found, form)


def _filed(notice: Notice, form: Any) -> tuple[str, int] | Response:
    place = notice.address
    try:
        with changing(db.session):
            objection = objections.file(
                db.session(),
                notice,
                _statement(form.answers()),
                mark=uploads.mark(),
                language=language.choose(),
                address=address(),
            )
            number = objection.receipt_number
    except Stale as repeated:
        return render_template("errors/409.html", repeated=sentence(repeated), way=""), 409
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(queries.notice(db.session(), place), form), 422
    session[RECEIPTS] = dict([*session.get(RECEIPTS, {}).items(), (place, number)][-KEPT:])
    return redirect(url_for(".receipt", notice=place), 303)


@bp.get("/<notice>/receipt")
def receipt(notice: str) -> str:
    """Show the receipt of what this browser has filed last against a notice."""
    number = session.get(RECEIPTS, {}).get(notice)
    if number is None:
        raise NotFound("objection")
    found = queries.notice(db.session(), notice)
    return render_template("notices/receipt.html", notice=found, objection=filed.own(db.session(), found, number))


def _form(notice: Notice, formdata: Any = None) -> Any:
    rows = {line.key: line.title for line in notice.lines}
    return forms.build("desk:objection", formdata, facts={"rows": rows, **brought(db.session(), uploads.mark())})


def _statement(answers: Any) -> Statement:
    papers = {paper.value: tuple(answers[paper.value]) for paper in Paper}
    given = {name: value for name, value in answers.items() if name not in papers}
    return Statement(**given, papers=papers)


def _page(notice: Notice, form: Any, *, step: str = "form", over: str = "") -> str:
    return render_template("notices/object.html", notice=notice, form=form, step=step, over=over)
