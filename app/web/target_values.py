"""What is reported and planned for the programme's targets: one person reports, another confirms."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain import targets as rules
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.targets import Stage
from app.domain.texts import Text
from app.edge.files import handed_out
from app.edge.sentences import sentence
from app.models import OrgUnit, Target, TargetValue, User, db
from app.queries import targets as queries
from app.queries.uploads import uploaded
from app.services import targets
from app.services.changing import changing
from app.web import uploads
from app.web.security import me
from forms.target import CITY

bp = Blueprint("target_values", __name__, url_prefix="/targets")


@bp.get("/<target_id>/report")
def report(target_id: str) -> str:
    """Ask for a value."""
    target = _reported(target_id)
    return _report_page(target, _report_form(target))


@bp.post("/<target_id>/report", endpoint="send")
def send(target_id: str) -> Answer | tuple[str, int]:
    """Report a value, or show what is wrong with it."""
    target = _reported(target_id)
    values, refused = uploads.with_files(request, me())
    form = _report_form(target, values)
    if not uploads.answered(form, refused):
        return _report_page(target, form), 422
    answers = form.answers()
    try:
        with changing(db.session):
            targets.report(db.session(), target, _report(answers), unit=_unit(answers["unit"]), by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _report_page(target, form), 422
    flash(gettext("已提交，由市局另一人确认"), "success")
    return redirect(url_for("targets.show", target_id=target.id), 303)


@bp.get("/<target_id>/plan")
def plan(target_id: str) -> str:
    """Ask what is to be reached in a year."""
    target = _planned(target_id)
    return _plan_page(target, _plan_form(target))


@bp.post("/<target_id>/plan", endpoint="set_plan")
def set_plan(target_id: str) -> Answer | tuple[str, int]:
    """Set what is to be reached, or show what is wrong with it."""
    target = _planned(target_id)
    form = _plan_form(target, request.form)
    if not form.validate():
        return _plan_page(target, form), 422
    answers = form.answers()
    try:
        with changing(db.session):
            targets.plan(
                db.session(),
                target,
                year=answers["year"],
                unit=_unit(answers["unit"]),
                value=Decimal(answers["value"]),
                reason=answers["reason"],
                by=me(),
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _plan_page(target, form), 422
    flash(gettext("计划已保存"), "success")
    return redirect(url_for("targets.show", target_id=target.id), 303)


@bp.get("/values/<int:value_id>")
def value(value_id: int) -> str:
    """Show one reported value and what proves it."""
    return _value_page(queries.value_for(db.session(), me(), value_id))


@bp.get("/values/<int:value_id>/files/<int:file_id>")
def evidence(value_id: int, file_id: int) -> Response:
    """Hand out a file that proves a value."""
    return handed_out(queries.evidence_for(db.session(), me(), value_id, file_id))


@bp.post("/values/<int:value_id>/confirmation")
def confirm(value_id: int) -> Answer | tuple[str, int]:
    """Confirm a reported value."""
    found = queries.value_for(db.session(), me(), value_id)
    try:
        with changing(db.session):
            targets.confirm(db.session(), found, by=me())
    except RuleBroken as refusal:
        flash(sentence(refusal), "error")
        return _value_page(found), 422
    flash(gettext("已确认"), "success")
    return redirect(url_for("targets.show", target_id=found.target_id), 303)


@bp.post("/values/<int:value_id>/return")
def send_back(value_id: int) -> Answer | tuple[str, int]:
    """Give a reported value back."""
    found = queries.value_for(db.session(), me(), value_id)
    policy.check(me(), "target.confirm", found)
    form = forms.build("desk:target_return", request.form, facts={})
    if not form.validate():
        return _value_page(found, form), 422
    try:
        with changing(db.session):
            targets.send_back(db.session(), found, because=form.answers()["because"], by=me())
    except RuleBroken as refusal:
        form.refuse(refusal.field, sentence(refusal))
        return _value_page(found, form), 422
    flash(gettext("已退回"), "success")
    return redirect(url_for("targets.show", target_id=found.target_id), 303)


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _reported(target_id: str) -> Target:
    """Return a target of which this person may report something."""
    target = queries.target_for(db.session(), me(), target_id)
    return _for_some(target, queries.reported_by(db.session(), me(), target))


def _planned(target_id: str) -> Target:
    """Return a target for which this person may set a plan."""
    target = queries.target_for(db.session(), me(), target_id)
    return _for_some(target, queries.planned_by(db.session(), me(), target))


def _for_some(target: Target, units: list[OrgUnit | None]) -> Target:
    if not units:
        raise NotAllowed("这一指标不由您填报")
    return target


def _units(units: Iterable[OrgUnit | None]) -> list[tuple[str, Text]]:
    return [
        (str(unit.id), Text(unit.name, unit.name_en)) if unit else (CITY, Text("全市", "The whole city"))
        for unit in units
    ]


def _unit(code: str) -> OrgUnit | None:
    return None if code == CITY else db.session.get_one(OrgUnit, int(code))


def _report_form(target: Target, given: Any = None) -> Any:
    session = db.session()
    years = [year for year in queries.years(session)[::-1] if year >= target.base_year]
    units = _units(queries.reported_by(session, me(), target))
    facts = {
        **uploaded(session, me()),
        "years": [(year, str(year)) for year in years],
        "units": units,
        "in_words": target.terms.in_words,
        "in_numbers": not target.terms.in_words,
    }
    return forms.build("desk:target_value", given, facts=facts, data=_asked_for(units) if given is None else None)


def _plan_form(target: Target, given: Any = None) -> Any:
    units = _units(queries.planned_by(db.session(), me(), target))
    years = range(target.base_year + 1, clock.today().year + rules.AHEAD + 1)
    facts = {"years": [(year, str(year)) for year in years], "units": units}
    return forms.build("desk:target_plan", given, facts=facts, data=_asked_for(units) if given is None else None)


def _asked_for(units: list[tuple[str, Text]]) -> dict[str, Any]:
    """Return what stands in a form at first: the year and district of the address, or the only district there is."""
    year, unit = request.args.get("year", ""), request.args.get("unit", "")
    known = [code for code, _ in units]
    return {
        "year": int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else clock.today().year,
        "unit": unit if unit in known else known[0] if len(known) == 1 else None,
    }


def _report(answers: Any) -> targets.Report:
    figure = Stage(answers["stage"]) if "stage" in answers else Decimal(answers["value"])
    return targets.Report(
        year=answers["year"],
        figure=figure,
        words=answers["words"],
        published=answers["published"],
        files=answers["files"],
        reason=answers["reason"],
    )


def _report_page(target: Target, form: Any) -> str:
    [sheet] = queries.sheets(db.session(), target=target)
    return render_template("targets/report.html", target=target, form=form, sheet=sheet, terms=target.terms)


def _plan_page(target: Target, form: Any) -> str:
    return render_template("targets/plan.html", target=target, form=form)


def _value_page(found: TargetValue, form: Any = None) -> str:
    user: User = me()
    decides = found.state == rules.ValueState.REPORTED and policy.may(user, "target.confirm", found)
    [sheet] = queries.sheets(db.session(), target=found.target)
    return render_template(
        "targets/value.html",
        found=found,
        target=found.target,
        former=sheet.confirmed.get((found.unit_id, found.year)) if found.state == rules.ValueState.REPORTED else None,
        counted=queries.counted(db.session(), found.target, found.year, found.unit_id),
        form=form or forms.build("desk:target_return", facts={}),
        may_decide=decides and found.reported_by_id != user.id,
        by_oneself=decides and found.reported_by_id == user.id,
        written=rules.written,
    )
