"""Batches of grants: what waits for one, what each comes to, announcing, taking out, approving."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import policy
from app.domain.awards.batches import BatchState, GrantState
from app.domain.errors import RuleBroken
from app.domain.texts import Text
from app.edge.addresses import number
from app.edge.sentences import sentence
from app.models import AwardBatch, db
from app.queries import award_amounts, award_calls
from app.queries import award_batches as queries
from app.services.awards import batches
from app.services.changing import changing
from app.web.security import me

bp = Blueprint("award_batches", __name__, url_prefix="/award-batches")


@bp.get("")
def index() -> str:
    """Show what waits for a batch, call by call, and every batch."""
    session, user = db.session(), me()
    waiting = [(call, queries.waiting(session, user, call)) for call in award_calls.published(session)]
    return render_template(
        "award_batches/index.html",
        waiting=[
            (call, [(row, award_amounts.preview(session, row)) for row in rows]) for call, rows in waiting if rows
        ],
        batches=queries.batches(session),
        may_draw_up=policy.may(user, "award_batch.draw_up"),
    )


@bp.post("/calls/<int:call_id>")
def create(call_id: int) -> Response:
    """Put the chosen applications of a call into a batch."""
    call = award_calls.call_for(db.session(), me(), call_id)
    chosen = [case_id for text in request.form.getlist("cases") if (case_id := number(text))]
    try:
        with changing(db.session):
            batch = batches.draw_up(db.session(), call, chosen, by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", batch_id=batch.id), 303)


@bp.get("/<int:batch_id>")
def show(batch_id: int) -> str:
    """Show one batch: what each line comes to and why, and what can be done with it."""
    session, user = db.session(), me()
    batch = queries.batch_for(session, user, batch_id)
    drawn_up = batch.state == BatchState.DRAFT
    lines = [
        (
            grant,
            award_amounts.preview(session, grant.application).steps if drawn_up else [Text(*s) for s in grant.steps],
            award_amounts.preview(session, grant.application).amount if drawn_up else grant.amount,
        )
        for grant in batch.grants
    ]
    standing = batch.state in (BatchState.ANNOUNCED, BatchState.NOTICED)
    return render_template(
        "award_batches/show.html",
        batch=batch,
        lines=lines,
        total=sum((amount for grant, _, amount in lines if grant.state != GrantState.TAKEN_OUT), 0),
        may_announce=drawn_up and policy.may(user, "award_batch.draw_up", batch),
        may_take_out=standing and policy.may(user, "award_batch.take_out", batch),
        may_approve=batch.state == BatchState.NOTICED
        and policy.may(user, "award_batch.approve", batch)
        and batch.decided_by_id != user.id,
    )


def _done(batch_id: int, told: str) -> Response:
    flash(told, "success")
    return redirect(url_for(".show", batch_id=batch_id), 303)


def _batch(batch_id: int) -> AwardBatch:
    return queries.batch_for(db.session(), me(), batch_id)


@bp.post("/<int:batch_id>/lines/<int:grant_id>/drop")
def drop(batch_id: int, grant_id: int) -> Response:
    """Take a line out of a draft, or with a reason out of an announced batch."""
    batch = _batch(batch_id)
    reason = request.form.get("reason", "").strip()
    try:
        with changing(db.session):
            if batch.state == BatchState.DRAFT:
                batches.drop(db.session(), batch, grant_id, by=me())
            else:
                batches.take_out(db.session(), batch, grant_id, reason=reason, by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".show", batch_id=batch_id), 303)
    flash(gettext("已移出"), "success")
    gone = batch.state == BatchState.DISCARDED
    return redirect(url_for(".index") if gone else url_for(".show", batch_id=batch_id), 303)


@bp.post("/<int:batch_id>/announcement")
def announce(batch_id: int) -> Response:
    """Decide the amounts and announce the batch."""
    try:
        with changing(db.session):
            batches.announce(db.session(), _batch(batch_id), by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".show", batch_id=batch_id), 303)
    return _done(batch_id, gettext("已公示"))


@bp.post("/<int:batch_id>/approval")
def approve(batch_id: int) -> Response:
    """Approve what was announced."""
    try:
        with changing(db.session):
            batches.approve(db.session(), _batch(batch_id), by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".show", batch_id=batch_id), 303)
    return _done(batch_id, gettext("已批准"))
