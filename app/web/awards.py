"""What anybody may see of awards: what is open, what each award gives and asks, which one fits, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

import forms
from app import clock, policy
from app.domain.awards import calls, grants
from app.domain.awards.grants import Claim, Grant
from app.domain.awards.kinds import Applicant, Item, Mode
from app.domain.awards.schedule import Award
from app.domain.errors import NotFound, RuleBroken
from app.edge.sentences import sentence
from app.models import db
from app.queries import award_calls, award_options, award_schedule, processes
from app.services import settings

bp = Blueprint("awards", __name__, url_prefix="/awards")
PROCESS = "award_application"


def _lines() -> Sequence[Award]:
    today = clock.today()
    lines = award_schedule.lines_on(db.session(), today)
    return [line for line in lines if line.holds_on(today)]


@bp.get("")
def index() -> str:
    """Show what is open, and every award of the programme."""
    today = clock.today()
    found = award_calls.published(db.session())
    return render_template(
        "awards/index.html",
        today=today,
        open_calls=[call for call in found if call.stage(today) is not calls.CallStage.ENDED],
        lines=_lines(),
    )


@bp.get("/fit")
def fit() -> tuple[str, int]:
    """Say which awards fit somebody, and what is open for them."""
    form = forms.build("desk:award_fit", request.args or None, facts={})
    found, status = None, 200
    if request.args:
        if form.validate():
            answers = form.answers()
            item = Item(answers["item"]) if answers["item"] else None
            found = calls.fitting(_lines(), applicant=Applicant(answers["applicant"]), item=item, day=clock.today())
        else:
            status = 422
    calls_by_award = _open_by_award()
    return render_template("awards/fit.html", form=form, found=found, open_calls=calls_by_award), status


def _open_by_award() -> dict[str, list[Any]]:
    """Return the calls that are open today by the awards that they are for."""
    found: dict[str, list[Any]] = {}
    for call in award_calls.open_on(db.session(), clock.today()):
        for award in call.awards:
            found.setdefault(award, []).append(call)
    return found


@bp.get("/calls/<int:number>")
def call(number: int) -> str:
    """Show the service guide of one call: who, what for, papers, steps, times, how much, how to complain."""
    session = db.session()
    found = award_calls.numbered(session, number)
    today = clock.today()
    chosen = award_options.chosen(session, "award.notice_days", "award.secondary_days", "award.confirm_days")
    offered = processes.current(session, PROCESS) is not None
    told = settings.several(session, *(f"office.{name}" for name in ("name", "address", "hours", "phone")))
    return render_template(
        "awards/call.html",
        call=found,
        stage=found.stage(today),
        days_left=(found.closes_on - today).days,
        lines=award_calls.lines_of(session, found),
        days={key.partition(".")[2].removesuffix("_days"): value for key, value in chosen.items()},
        office={name.removeprefix("office."): value for name, value in told.items()},
        may_apply=offered and (not current_user.is_authenticated or policy.may(current_user, f"case.start.{PROCESS}")),
    )


@bp.get("/<award>")
def award(award: str) -> tuple[str, int]:
    """Show one award: what it gives, to whom and for which papers; and what it comes to for numbers in mind."""
    line = next((one for one in _lines() if one.id == award.upper()), None)
    if line is None:
        raise NotFound("award")
    form = forms.build("desk:award_estimate", request.args or None, facts=_facts_of(line))
    grant, status = None, 200
    if request.args:
        grant = _estimate(line, form) if form.validate() else None
        status = 200 if grant else 422
    page = render_template(
        "awards/award.html", line=line, form=form, grant=grant, open_calls=_open_by_award().get(line.id, [])
    )
    return page, status


def _facts_of(line: Award) -> dict[str, bool]:
    return {
        "percent": line.mode is Mode.PERCENT,
        "several": line.mode in (Mode.PER_ITEM, Mode.CEILING),
        "capped": line.cap is not None,
        "ceiling": line.mode is Mode.CEILING,
    }


def _estimate(line: Award, form: Any) -> Grant | None:
    answers = form.answers()
    given = {name: Decimal(answers[name]) for name in ("base", "approved", "already") if answers.get(name)}
    claim = Claim(items=answers.get("items") or 1, **given)
    rounding = award_options.rounding(db.session())
    try:
        return grants.compute(line, claim, year=clock.today().year, rounding=rounding)
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return None
