"""Batches of the roster: drawing up, the board of nominations, announcing, taking out, concluding."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

import forms
from app import clock, policy
from app.domain.awards.calls import CallStage
from app.domain.errors import RuleBroken
from app.domain.roster.batches import BatchKind, BatchPhase, Terms
from app.domain.roster.shortlist import Quota, Share
from app.edge.sentences import sentence
from app.models import RosterBatch, db
from app.queries import roster_batches as queries
from app.queries import roster_reviews
from app.queries.award_applications import districts_of
from app.services.changing import changing
from app.services.roster import announcing, batches
from app.web.security import address, me
from forms.roster.batch import DISTRICT, INDUSTRY

bp = Blueprint("roster_batches", __name__, url_prefix="/roster/batches")


@bp.get("")
def index() -> str:
    """List every batch."""
    return render_template(
        "roster_batches/index.html",
        batches=queries.all_of(db.session()),
        today=clock.today(),
        may_draw_up=policy.may(me(), "roster_batch.draw_up"),
    )


@bp.get("/<int:batch_id>")
def show(batch_id: int) -> str:
    """Show one batch: what it says, the board, and what can be done with it."""
    return _page(_batch(batch_id))


def _page(batch: RosterBatch) -> str:
    session, user = db.session(), me()
    review = batch.kind == BatchKind.REVIEW
    published = batch.state == "published"
    rows = queries.nominations(session, batch) if published and not review else []
    collecting = published and batch.phase == BatchPhase.COLLECTING
    ended = batch.stage(clock.today()) is CallStage.ENDED
    return render_template(
        "roster_batches/show.html",
        batch=batch,
        stage=batch.stage(clock.today()),
        board=queries.board(batch, rows),
        reviews=roster_reviews.of_batch(session, batch) if published and review else [],
        criteria=queries.criteria_of(batch),
        units={str(unit_id): name for unit_id, name, _ in districts_of(session)},
        may_draw_up=batch.is_drawn_up and policy.may(user, "roster_batch.draw_up", batch),
        may_publish=batch.waits and policy.may(user, "roster_batch.publish", batch) and batch.made_by_id != user.id,
        may_announce=collecting and (review or ended) and policy.may(user, "roster_batch.announce", batch),
        may_take_out=batch.phase in (BatchPhase.ANNOUNCED, BatchPhase.NOTICED)
        and policy.may(user, "roster_batch.take_out", batch),
        may_conclude=batch.phase == BatchPhase.NOTICED
        and policy.may(user, "roster_batch.conclude", batch)
        and batch.announced_by_id != user.id,
    )


def _batch(batch_id: int) -> RosterBatch:
    return queries.batch_for(db.session(), me(), batch_id)


def _form(given: Any = None, data: Any = None) -> Any:
    facts = {"districts": [(unit_id, name) for unit_id, name, _ in districts_of(db.session())]}
    return forms.build("desk:roster_batch", given, facts=facts, data=data)


@bp.get("/new")
def new() -> str:
    """Ask what a batch is to say."""
    return render_template("roster_batches/write.html", form=_form(), batch=None)


@bp.post("/new", endpoint="create")
def create() -> Response | tuple[str, int]:
    """Begin a batch, or show what is wrong with it."""
    form = _form(request.form)
    if not form.validate():
        return render_template("roster_batches/write.html", form=form, batch=None), 422
    try:
        with changing(db.session):
            batch = batches.begin(db.session(), _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("roster_batches/write.html", form=form, batch=None), 422
    return redirect(url_for(".show", batch_id=batch.id), 303)


@bp.get("/<int:batch_id>/edit")
def edit(batch_id: int) -> str:
    """Ask what a draft is to say instead."""
    batch = _batch(batch_id)
    policy.check(me(), "roster_batch.draw_up", batch)
    return render_template("roster_batches/write.html", form=_form(data=_data_of(batch)), batch=batch)


@bp.post("/<int:batch_id>/edit")
def rewrite(batch_id: int) -> Response | tuple[str, int]:
    """Write a draft anew, or show what is wrong with it."""
    batch = _batch(batch_id)
    form = _form(request.form)
    if not form.validate():
        return render_template("roster_batches/write.html", form=form, batch=batch), 422
    try:
        with changing(db.session):
            batches.rewrite(db.session(), batch, _terms(form.answers()), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return render_template("roster_batches/write.html", form=form, batch=_batch(batch_id)), 422
    return redirect(url_for(".show", batch_id=batch_id), 303)


@bp.post("/<int:batch_id>/proposal")
def propose(batch_id: int) -> Response:
    """Hand a draft to whoever publishes it, or throw it away."""
    batch = _batch(batch_id)
    if "discard" in request.form:
        with changing(db.session):
            batches.discard(db.session(), batch, by=me())
        flash(gettext("草稿已删除"), "success")
        return redirect(url_for(".index"), 303)
    return _done(
        batch_id,
        gettext("已提交，由部门负责人发布"),
        lambda: batches.propose(db.session(), batch, by=me()),
    )


@bp.post("/<int:batch_id>/publication")
def publish(batch_id: int) -> Response:
    """Publish what was proposed, or send it back."""
    batch = _batch(batch_id)
    if "send_back" in request.form:
        return _done(batch_id, gettext("已退回修改"), lambda: batches.send_back(db.session(), batch, by=me()))
    return _done(
        batch_id,
        gettext("已发布"),
        lambda: announcing.publish(db.session(), batch, by=me(), address=address()),
    )


@bp.post("/<int:batch_id>/announcement")
def announce(batch_id: int) -> Response:
    """Decide the shortlist, or the results of the reviews, and announce them."""
    batch = _batch(batch_id)
    return _done(batch_id, gettext("已公示"), lambda: announcing.announce(db.session(), batch, by=me()))


@bp.post("/<int:batch_id>/lines/<int:case_id>/taking-out")
def take_out(batch_id: int, case_id: int) -> Response:
    """Take one unit out of what is announced."""
    batch = _batch(batch_id)
    reason = request.form.get("reason", "").strip()
    return _done(
        batch_id,
        gettext("已移出"),
        lambda: announcing.take_out(db.session(), batch, case_id, reason=reason, by=me()),
    )


@bp.post("/<int:batch_id>/conclusion")
def conclude(batch_id: int) -> Response:
    """Decide on what was announced: a new version of the roster."""
    batch = _batch(batch_id)
    return _done(batch_id, gettext("已确定"), lambda: announcing.conclude(db.session(), batch, by=me()))


def _done(batch_id: int, told: str, what: Any) -> Response:
    try:
        with changing(db.session):
            what()
        flash(told, "success")
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
    return redirect(url_for(".show", batch_id=batch_id), 303)


def _data_of(batch: RosterBatch) -> dict[str, Any]:
    terms = batch.terms
    groups = ((DISTRICT, terms.quota.districts), (INDUSTRY, terms.quota.industries))
    return {
        "kind": batch.kind,
        "heading": batch.title,
        "opens_on": batch.opens_on,
        "closes_on": batch.closes_on,
        "places": batch.places,
        "shares": [
            {"of": f"{prefix}{key}", "least": share.least or None, "most": share.most}
            for prefix, shares in groups
            for key, share in shares.items()
        ],
        "notes": batch.notes,
    }


def _terms(answers: Any) -> Terms:
    shares = {one["of"]: Share(one.get("least") or 0, one.get("most")) for one in answers.get("shares") or []}
    return Terms(
        kind=BatchKind(answers["kind"]),
        title=answers["heading"],
        opens_on=date.fromisoformat(answers["opens_on"]),
        closes_on=date.fromisoformat(answers["closes_on"]),
        quota=Quota(answers.get("places") or 0, _of(shares, DISTRICT), _of(shares, INDUSTRY)),
        notes=answers.get("notes") or "",
    )


def _of(shares: dict[str, Share], prefix: str) -> dict[str, Share]:
    return {key.removeprefix(prefix): one for key, one in shares.items() if key.startswith(prefix)}
