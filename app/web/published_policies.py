"""Policies, for those who draw them up and publish them; what everybody reads is in ``policies``."""

from __future__ import annotations

from collections import ChainMap
from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import RuleBroken
from app.domain.policies import Level, Terms, Topic
from app.domain.roster.members import Industry
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.models import PublishedPolicy, db
from app.queries import award_calls, policy_pushes
from app.queries import published_policies as queries
from app.queries.targets import districts_of_the_city
from app.queries.uploads import uploaded
from app.services import published_policies
from app.services.changing import changing
from app.web import drawn_up, uploads
from app.web.security import address, me
from app.web.words import named

bp = Blueprint("published_policies", __name__, url_prefix="/published-policies")


@bp.get("")
def index() -> str:
    """List the policies, drafts first, and what came of their pushes; and the calls, which can be pushed too."""
    session = db.session()
    return render_template(
        "published_policies/index.html",
        policies=queries.for_staff(session),
        counts=policy_pushes.counts(session, me()),
        calls=award_calls.open_on(session, clock.today()),
        today=clock.today(),
        may_draw_up=policy.may(me(), "published_policy.draw_up"),
    )


@bp.get("/new")
def new() -> str:
    """Ask what a new policy says."""
    return _write_page(_form(), None)


@bp.post("")
def create() -> Answer | tuple[str, int]:
    """Begin a policy, or show what is wrong with it."""
    values, refused = uploads.with_files(request, me())
    form = _form(values)
    if not uploads.answered(form, refused):
        return _write_page(form, None), 422
    answers = form.answers()
    try:
        with changing(db.session):
            row = published_policies.begin(db.session(), _terms(answers), answers["files"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, None), 422
    return redirect(url_for(".show", policy_id=row.id), 303)


@bp.get("/<int:policy_id>")
def show(policy_id: int) -> str:
    """Show one policy, and what can be done with it."""
    return _page(_policy(policy_id))


def _page(row: PublishedPolicy, form: Any = None) -> str:
    user = me()
    may_repeal = row.number is not None and row.ending is None and policy.may(user, "published_policy.repeal", row)
    return render_template(
        "published_policies/show.html",
        policy=row,
        standing=row.standing(clock.today()),
        today=clock.today(),
        form=(form or forms.build("desk:policy_repeal", facts={})) if may_repeal else None,
        may_draw_up=row.is_drawn_up and policy.may(user, "published_policy.draw_up", row),
        may_publish=row.waits and policy.may(user, "published_policy.publish", row) and row.made_by_id != user.id,
    )


@bp.get("/<int:policy_id>/files/<int:file_id>")
def file(policy_id: int, file_id: int) -> Response:
    """Hand out a file of a policy, of a draft too."""
    return handed_out(queries.file_of(_policy(policy_id), file_id))


@bp.get("/<int:policy_id>/edit")
def edit(policy_id: int) -> str:
    """Ask what a draft says from now on."""
    row = _policy(policy_id)
    policy.check(me(), "published_policy.draw_up", row)
    return _write_page(_form(row=row, data=_data_of(row)), row)


@bp.post("/<int:policy_id>/edit")
def rewrite(policy_id: int) -> Answer | tuple[str, int]:
    """Write a draft anew, or show what is wrong with it."""
    values, refused = uploads.with_files(request, me())
    row = _policy(policy_id)
    form = _form(values, row=row)
    if not uploads.answered(form, refused):
        return _write_page(form, row), 422
    answers = form.answers()
    try:
        with changing(db.session):
            published_policies.rewrite(db.session(), row, _terms(answers), answers["files"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _write_page(form, _policy(policy_id)), 422
    return redirect(url_for(".show", policy_id=policy_id), 303)


@bp.post("/<int:policy_id>/proposal")
def propose(policy_id: int) -> Answer:
    """Hand a draft to whoever publishes it, or throw it away."""
    return drawn_up.handed_over(
        published_policies, _policy(policy_id), gettext("已提交，由部门负责人发布"), policy_id=policy_id
    )


@bp.post("/<int:policy_id>/publication")
def publish(policy_id: int) -> Answer:
    """Publish what was proposed, or send it back."""
    return drawn_up.published(published_policies, _policy(policy_id), policy_id=policy_id)


@bp.post("/<int:policy_id>/repeal")
def repeal(policy_id: int) -> Answer | tuple[str, int]:
    """Note that a policy does not hold any more."""
    row = _policy(policy_id)
    form = forms.build("desk:policy_repeal", request.form, facts={})
    if not form.validate():
        return _page(row, form), 422
    answers = form.answers()
    try:
        with changing(db.session):
            on = date.fromisoformat(answers["ended_on"])
            published_policies.repeal(db.session(), row, on=on, reason=answers["reason"], by=me(), address=address())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _page(_policy(policy_id), form), 422
    flash(gettext("已登记废止"), "success")
    return redirect(url_for(".show", policy_id=policy_id), 303)


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _policy(policy_id: int) -> PublishedPolicy:
    return queries.policy_for(db.session(), me(), policy_id)


def _form(given: Any = None, *, row: PublishedPolicy | None = None, data: Any = None) -> Any:
    session = db.session()
    facts = uploaded(session, me())
    if row is not None:  # what a draft has stays in it, whoever brought it
        facts["files"] = ChainMap({file.id: _shown(row, file) for file in row.files}, facts["files"])
    facts |= {
        "today": clock.today(),
        "districts": [(unit.id, named(unit)) for unit in districts_of_the_city(session)],
        "policies": [(one.id, one.title) for one in queries.replaceable(session)],
    }
    return forms.build("desk:published_policy", given, facts=facts, data=data)


def _shown(row: PublishedPolicy, file: Any) -> dict[str, Any]:
    href = url_for(".file", policy_id=row.id, file_id=file.id)
    return {"id": file.id, "name": file.name, "size": file.size, "href": href}


def _write_page(form: Any, row: PublishedPolicy | None) -> str:
    return render_template("published_policies/write.html", form=form, policy=row)


def _data_of(row: PublishedPolicy) -> dict[str, Any]:
    return {
        "heading": row.title,
        "level": row.level,
        "issuer": row.issuer,
        "document_number": row.document_number,
        "topics": row.topics,
        "issued_on": row.issued_on,
        "valid_until": row.valid_until,
        "summary": row.summary,
        "link": row.link,
        "files": [file.id for file in row.files],
        "calls_for_projects": row.calls_for_projects,
        "closes_on": row.closes_on,
        "industries": row.industries,
        "districts": [unit.id for unit in row.districts],
        "pushes": row.pushes,
        "replaces": row.replaces_id,
    }


def _terms(answers: Any) -> Terms:
    return Terms(
        title=answers["heading"],
        level=Level(answers["level"]),
        issuer=answers["issuer"],
        document_number=answers["document_number"],
        topics=tuple(one for one in Topic if one in answers["topics"]),
        issued_on=date.fromisoformat(answers["issued_on"]),
        valid_until=_day(answers["valid_until"]),
        summary=answers["summary"],
        link=answers["link"],
        calls_for_projects=bool(answers["calls_for_projects"]),
        closes_on=_day(answers["closes_on"]),
        industries=tuple(one for one in Industry if one in answers["industries"]),
        districts=tuple(answers["districts"]),
        pushes=bool(answers["pushes"]),
        replaces=answers["replaces"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
