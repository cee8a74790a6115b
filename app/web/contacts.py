"""The ledger of contacts with members: who was met, what was said and promised; a unit sees what was shared with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken, Stale
from app.domain.roster.contacts import ContactKind
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.edge.sheets import spreadsheet
from app.models import Contact, RosterMember, db
from app.queries import contacts as queries
from app.queries import filters, roster
from app.queries.uploads import uploaded
from app.services.changing import changing
from app.services.roster import contacts
from app.services.sheets import Value
from app.web import uploads
from app.web.security import me
from app.web.words import word

bp = Blueprint("contacts", __name__, url_prefix="/roster/contacts")


@bp.get("")
def index() -> str:
    """List the contacts, filtered by member, kind and period; a unit reads what was shared with it."""
    session = db.session()
    if not policy.reads_contacts(me(), None):
        member = roster.own_membership(session, me(), clock.today())
        return render_template("contacts/shared.html", shared=queries.shared_with(session, me()), member=member)
    asked = _asked()
    return render_template(
        "contacts/index.html",
        entries=queries.contacts(session, me(), **asked),
        asked=asked,
        kinds=[(one.value, word("contact", one)) for one in ContactKind],
        members=queries.in_the_ledger(session, me()),
        mine=roster.in_care_of(session, me(), clock.today()),
        may_enter=policy.may(me(), "contact.enter"),
        today=clock.today(),
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the same list as a spreadsheet."""
    columns = [
        gettext("日期"),
        gettext("联络方式"),
        gettext("联络的单位"),
        gettext("参加人员"),
        gettext("内容摘要"),
        gettext("记录"),
        gettext("承诺的事项"),
        gettext("承诺的完成日期"),
        gettext("办结的日期"),
        gettext("登记人"),
        gettext("登记日期"),
    ]
    lines = (_line(one) for one in queries.contacts(db.session(), me(), **_asked()))
    return spreadsheet(gettext("联络台账"), columns, lines)


@bp.get("/new")
def new() -> str:
    """Ask for an entry."""
    member = filters.number(request.args.get("member"), "member")
    known = queries.members_of(db.session(), me())
    data = {"members": [member]} if member in {one.id for one in known} else None
    return _form_page(_form(known, corrects=False, data=data))


@bp.post("/new", endpoint="create")
def create() -> Answer | tuple[str, int]:
    """Enter a contact, or show what is wrong with it."""
    known = queries.members_of(db.session(), me())
    values, refused = uploads.with_files(request, me())
    form = _form(known, values, corrects=False)
    if not uploads.answered(form, refused):
        return _form_page(form), 422
    try:
        with changing(db.session):
            entry = contacts.enter(db.session(), _entry(form.answers(), known), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _form_page(form), 422
    flash(gettext("已登记"), "success")
    return redirect(url_for(".show", contact_id=entry.id), 303)


@bp.get("/<int:contact_id>")
def show(contact_id: int) -> str:
    """Show one entry, and what it said before it was corrected."""
    return _page(queries.contact_for(db.session(), me(), contact_id))


@bp.get("/<int:contact_id>/files/<int:file_id>")
def evidence(contact_id: int, file_id: int) -> Response:
    """Hand out a file of an entry."""
    return handed_out(queries.file_for(db.session(), me(), contact_id, file_id))


@bp.post("/<int:contact_id>/done")
def finish(contact_id: int) -> Answer | tuple[str, int]:
    """Note that what was promised has been done."""
    entry = queries.contact_for(db.session(), me(), contact_id)
    policy.check(me(), "contact.correct", entry)
    form = _done_form(request.form)
    if not form.validate():
        return _page(entry, form), 422
    try:
        with changing(db.session):
            contacts.finish(db.session(), entry, date.fromisoformat(form.answers()["done_on"]), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(queries.contact_for(db.session(), me(), contact_id), form), 422
    flash(gettext("已登记办结"), "success")
    return redirect(url_for(".show", contact_id=contact_id), 303)


@bp.get("/<int:contact_id>/correction")
def correction(contact_id: int) -> str:
    """Ask what is right in the place of an entry."""
    former = _corrected(contact_id)
    if not former.in_force:
        raise Stale(contacts.CORRECTED)
    return _form_page(_form(_known(former), corrects=True, data=_data_of(former)), former)


@bp.post("/<int:contact_id>/correction", endpoint="correct")
def correct(contact_id: int) -> Answer | tuple[str, int]:
    """Enter what is right; the former entry is kept."""
    former = _corrected(contact_id)
    known = _known(former)
    values, refused = uploads.with_files(request, me())
    form = _form(known, values, corrects=True)
    if not uploads.answered(form, refused):
        return _form_page(form, former), 422
    answers = form.answers()
    try:
        with changing(db.session):
            entry = contacts.correct(db.session(), former, _entry(answers, known), reason=answers["reason"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _form_page(form, queries.contact_for(db.session(), me(), contact_id)), 422
    flash(gettext("已更正，原来的登记保留备查"), "success")
    return redirect(url_for(".show", contact_id=entry.id), 303)


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _asked() -> dict[str, Any]:
    """Return by what the list is filtered."""
    return {
        "member_id": filters.number(request.args.get("member"), "member"),
        "kind": filters.one_of(request.args.get("kind"), list(ContactKind), "", "kind", "没有这种联络方式"),
        "first": filters.day(request.args.get("first"), "first"),
        "last": filters.day(request.args.get("last"), "last"),
    }


def _line(entry: Contact) -> list[Value]:
    return [
        entry.held_on,
        word("contact", entry.kind),
        "、".join(one.organization.name for one in entry.members),
        entry.took_part,
        entry.summary,
        entry.minutes,
        entry.promised,
        entry.due_on,
        entry.done_on,
        entry.entered_by.name,
        entry.entered_at.date(),
    ]


def _page(entry: Contact, done_form: Any = None) -> str:
    may_correct = entry.in_force and policy.may(me(), "contact.correct", entry)
    return render_template(
        "contacts/show.html",
        entry=entry,
        former=queries.former(entry),
        successor=queries.successor(db.session(), entry),
        may_correct=may_correct,
        done_form=(done_form or _done_form()) if may_correct and entry.waits else None,
        today=clock.today(),
    )


def _done_form(given: Any = None) -> Any:
    return forms.build("desk:contact_done", given, facts={"today": clock.today()})


def _corrected(contact_id: int) -> Contact:
    entry = queries.contact_for(db.session(), me(), contact_id)
    policy.check(me(), "contact.correct", entry)
    return entry


def _known(former: Contact) -> list[RosterMember]:
    """Return whom a correction may name: whom this person may meet, and who stands there already."""
    mine = queries.members_of(db.session(), me())
    return [*mine, *(one for one in former.members if one not in mine)]


def _form(known: list[RosterMember], given: Any = None, *, corrects: bool, data: Any = None) -> Any:
    members = {one.id: one.organization.name for one in known}
    facts = {**uploaded(db.session(), me()), "today": clock.today(), "corrects": corrects, "roster_members": members}
    return forms.build("desk:contact", given, facts=facts, data=data)


def _form_page(form: Any, former: Contact | None = None) -> str:
    return render_template("contacts/form.html", form=form, former=former)


def _data_of(entry: Contact) -> dict[str, Any]:
    same = ("kind", "held_on", "took_part", "summary", "minutes", "promised", "due_on", "done_on", "shared")
    return {"members": [one.id for one in entry.members], **{name: getattr(entry, name) for name in same}}


def _entry(answers: Any, known: list[RosterMember]) -> contacts.Entry:
    wanted = set(answers["members"])
    return contacts.Entry(
        kind=ContactKind(answers["kind"]),
        held_on=date.fromisoformat(answers["held_on"]),
        members=[one for one in known if one.id in wanted],
        took_part=answers["took_part"],
        summary=answers["summary"],
        minutes=answers["minutes"],
        promised=answers["promised"],
        due_on=_day(answers["due_on"]),
        done_on=_day(answers["done_on"]),
        shared=answers["shared"],
        files=answers["files"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
