"""Payment lists: what is to be paid, the spreadsheet for the bank, and what comes back; the purse of the programme."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app import policy
from app.domain.awards import payments
from app.domain.awards.payments import BadRow
from app.domain.errors import RuleBroken
from app.edge import sheets as edge
from app.edge.sentences import sentence
from app.models import PaymentList, db
from app.queries import award_batches as queries
from app.queries import award_calls
from app.services import sheets
from app.services.awards import paying
from app.services.changing import changing
from app.web.security import address, me

bp = Blueprint("payment_lists", __name__, url_prefix="/payment-lists")


@bp.get("")
def index() -> str:
    """Show each call's money, what is to be paid, and every list."""
    session = db.session()
    return render_template(
        "payment_lists/index.html",
        calls=[(call, queries.payable(session, call)) for call in award_calls.published(session)],
        lists=queries.lists(session),
        may_make=policy.may(me(), "payment_list.make"),
    )


@bp.post("/calls/<int:call_id>")
def create(call_id: int) -> Response:
    """Put everything of a call that is to be paid on a list."""
    call = award_calls.call_for(db.session(), me(), call_id)
    try:
        with changing(db.session):
            row = paying.make_list(db.session(), call, by=me(), address=address())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", list_id=row.id), 303)


@bp.get("/<int:list_id>")
def show(list_id: int) -> str:
    """Show one list with its lines and its checksum."""
    return _page(queries.list_for(db.session(), me(), list_id))


def _page(row: PaymentList, bad: list[BadRow] | None = None, error: str = "") -> str:
    return render_template(
        "payment_lists/show.html",
        row=row,
        lines=paying.lines_of(row),
        bad=[(one.number, sentence(one.refusal)) for one in bad or []],
        error=error,
        may_load=row.loaded_at is None and policy.may(me(), "payment_list.load", row),
        may_see_accounts=policy.may(me(), "payment_list.make"),
    )


@bp.get("/<int:list_id>.xlsx")
def sheet(list_id: int) -> Response:
    """Return a list for the bank; it names accounts in full and is for finance alone."""
    policy.check(me(), "payment_list.make")
    row = queries.list_for(db.session(), me(), list_id)
    return edge.handed_out(paying.written(row), f"{row.number}.xlsx")


@bp.get("/<int:list_id>/result.xlsx")
def result_form(list_id: int) -> Response:
    """Return an empty result of a list, to be filled in where the bank has no file of its own."""
    policy.check(me(), "payment_list.make")
    row = queries.list_for(db.session(), me(), list_id)
    lines = [[x.place, x.receipt, x.amount, "", None, ""] for x in paying.lines_of(row)]
    return edge.handed_out(sheets.write("拨付结果", payments.RESULT_COLUMNS, lines), f"{row.number}-结果.xlsx")


@bp.post("/<int:list_id>/result")
def load(list_id: int) -> Response | tuple[str, int]:
    """Take in what the bank says; a file with a bad row changes nothing."""
    row = queries.list_for(db.session(), me(), list_id)
    try:
        data = edge.sent(request)
        with changing(db.session):
            bad = paying.load_result(db.session(), row, data, by=me(), address=address())
    except RuleBroken as refusal:
        return _page(queries.list_for(db.session(), me(), list_id), error=sentence(refusal)), 422
    if bad:
        return _page(queries.list_for(db.session(), me(), list_id), bad), 422
    flash(gettext("拨付结果已载入"), "success")
    return redirect(url_for(".show", list_id=list_id), 303)
