"""The programme at a glance for those who lead it: targets against plan, awards and their money, in one year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import Blueprint, render_template, request
from flask_babel import gettext

from app import clock, policy
from app.domain import targets as rules
from app.domain.errors import RuleBroken
from app.domain.targets import Stage
from app.models import OrgUnit, db
from app.queries import filters, measured
from app.queries import programme as queries
from app.queries import targets as targets_of
from app.queries.programme import Awards, Line
from app.queries.targets import Sheet
from app.web import charts
from app.web.presenting import language
from app.web.security import me
from app.web.words import named

bp = Blueprint("programme", __name__, url_prefix="/programme")
bp.add_app_template_global(lambda: policy.watches_the_programme(me(), None), "watches_the_programme")


@bp.get("")
def index() -> str:
    """Show the targets, the awards and the budgets of a year, for the city or for one district."""
    session = db.session()
    year, (unit, parts) = _year(), _part()
    districts = [one for one in parts if one is not None] if unit is None else []
    sheets = [one for one in targets_of.sheets(session) if unit is None or one.target.terms.by_district]
    awards = queries.awards(session, year, unit)
    lines = {"award": _by_award(awards), "district": [] if unit else _by_district(awards, districts)}
    standings = [(one, queries.standings(sheets, one, year)) for one in districts]
    budgets = [] if unit else queries.budgets(session, year)
    counted = {sheet.target.id: _counted(sheet, year, unit) for sheet in sheets}
    return render_template(
        "programme/index.html",
        year=year,
        years=[(one, str(one)) for one in queries.years(session)],
        usual=targets_of.usual_year(session),
        unit=unit,
        parts=[("" if one is None else one.id, gettext("全市") if one is None else named(one)) for one in parts],
        sheets=sheets,
        counted=counted,
        standings=standings,
        whole=awards.whole,
        lines=lines,
        budgets=budgets,
        charts={
            "targets": charts.against_plan(sheets, unit.id if unit else None, year, counted),
            "standings": charts.standings(standings),
            "budgets": charts.budgets(budgets),
        },
        numbers={what: charts.numbers(found) for what, found in lines.items()},
        money={what: charts.amounts(found) for what, found in lines.items()},
        written=rules.written,
    )


def _year() -> int:
    year = filters.number(request.args.get("year"), "year")
    if year is None:
        return clock.today().year
    if year not in queries.years(db.session()):
        raise RuleBroken("没有这一年度的数据", field="year")
    return year


def _part() -> tuple[OrgUnit | None, list[OrgUnit | None]]:
    """Return what is asked for, the city or a district, of all that this person may look at."""
    parts = queries.parts(db.session(), me())
    asked = filters.number(request.args.get("unit"), "unit")
    if asked is None:
        return parts[0], parts
    unit = next((one for one in parts if one is not None and one.id == asked), None)
    if unit is None:
        raise RuleBroken("请从列表中选择", field="unit")
    return unit, parts


def _counted(sheet: Sheet, year: int, unit: OrgUnit | None) -> Decimal | Stage | None:
    if unit is None:
        return targets_of.counted(db.session(), sheet.target, year)
    return measured.counted(db.session(), sheet.target.id, year, unit.id)


def _by_award(awards: Awards) -> list[tuple[str, Line]]:
    names = queries.award_names(db.session(), awards.by_award)
    return [(f"{key} {name.within(language())}", awards.by_award[key]) for key, name in names.items()]


def _by_district(awards: Awards, districts: Sequence[OrgUnit]) -> list[tuple[str, Line]]:
    """Return a line for every district, and one for what names none of them."""
    lines = [(named(one), awards.by_district.get(one.id, Line())) for one in districts]
    known = {one.id for one in districts}
    if others := [line for district, line in awards.by_district.items() if district not in known]:
        lines.append((gettext("未注明区"), sum(others, Line())))
    return lines
