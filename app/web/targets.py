"""The programme's targets: where each stands in a year, how it went, and what is reported, confirmed and planned."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext

from app import clock, policy
from app.domain import targets as rules
from app.domain.errors import RuleBroken
from app.domain.targets import Stage
from app.edge.sheets import spreadsheet
from app.models import db
from app.queries import filters, measured
from app.queries import targets as queries
from app.queries.targets import Sheet
from app.services.sheets import Value
from app.web import charts
from app.web.security import me
from app.web.words import named, word

WORKED = {"M38": "当年出具调解协议的案件", "M42": "当年作出裁决的案件"}  # mechanisms that the system counts

bp = Blueprint("targets", __name__, url_prefix="/targets")


@bp.get("")
def index() -> str:
    """Show every target against its plan in one year."""
    session = db.session()
    year = _year()
    sheets = queries.sheets(session)
    may_confirm = policy.may(me(), "target.confirm")
    return render_template(
        "targets/index.html",
        year=year,
        choices=[(one, str(one)) for one in queries.years(session)[::-1]],
        sheets=sheets,
        names=[named(unit) for unit in sheets[0].districts] if sheets else [],
        districts=sheets[0].districts if sheets else [],
        own=[unit for unit in sheets[0].districts if policy.answers_for(me(), unit)] if sheets else [],
        chart=charts.reached([(sheet.target, sheet.judgement(None, year)) for sheet in sheets]),
        counted={sheet.target.id: queries.counted(session, sheet.target, year) for sheet in sheets},
        worked=[(gettext(name), measured.counted(session, key, year)) for key, name in WORKED.items()],
        waiting=queries.waiting(session) if may_confirm else [],
        written=rules.written,
    )


@bp.get("/export.xlsx")
def export() -> Response:
    """Return the targets of one year as a spreadsheet: a line for the city and each district."""
    year = _year()
    columns = [
        gettext("编号"),
        gettext("目标"),
        gettext("范围"),
        gettext("年度"),
        gettext("计划"),
        gettext("计划年度"),
        gettext("数值"),
        gettext("单位"),
        gettext("完成比例（百分数）"),
        gettext("状态"),
        gettext("方案条目"),
    ]
    lines = [line for sheet in queries.sheets(db.session()) for line in _lines(sheet, year)]
    return spreadsheet(gettext("%(year)s 年方案目标", year=year), columns, lines)


@bp.get("/<target_id>")
def show(target_id: str) -> str:
    """Show one target: over the years, by district, with what proves it and what was corrected."""
    session = db.session()
    target = queries.target_for(session, me(), target_id)
    [sheet] = queries.sheets(session, target=target)
    years = queries.years(session)
    return render_template(
        "targets/show.html",
        target=target,
        terms=target.terms,
        sheet=sheet,
        names=[named(unit) for unit in sheet.districts],
        years=[year for year in years if year >= target.base_year],
        latest=_latest(sheet, years),
        chart=None if target.terms.in_words else charts.course(sheet, _all_years(sheet, years)),
        counted={year: queries.counted(session, target, year) for year in years},
        history=queries.history(session, target),
        plans=queries.plans_of(session, target),
        may_report=bool(queries.reported_by(session, me(), target)),
        may_plan=bool(queries.planned_by(session, me(), target)),
        written=rules.written,
    )


# -- what the pages are made of ----------------------------------------------------------------------------------------


def _year() -> int:
    """Return the year that is asked for, one of which something can be reported."""
    year = filters.number(request.args.get("year"), "year")
    if year is None:
        return queries.usual_year(db.session())
    if year not in queries.years(db.session()):
        raise RuleBroken("没有这一年度的数据", field="year")
    return year


def _latest(sheet: Sheet, years: Iterable[int]) -> int:
    """Return the last year of which the city has a figure, else this one."""
    known = [year for year in years if sheet.figure(None, year).value is not None]
    return known[-1] if known else clock.today().year


def _all_years(sheet: Sheet, years: Iterable[int]) -> list[int]:
    """Return the years that have a value or a plan, and all between them."""
    known = [*(year for _, year in sheet.confirmed), *sheet.plan(None)]
    return list(range(min(known), max(known) + 1)) if known else list(years)


def _lines(sheet: Sheet, year: int) -> Iterable[list[Value]]:
    target = sheet.target
    for unit in (None, *(sheet.districts if target.terms.by_district else ())):
        unit_id = unit.id if unit else None
        judged, figure = sheet.judgement(unit_id, year), sheet.figure(unit_id, year).value
        yield [
            target.id,
            named(target),
            named(unit) if unit else gettext("全市"),
            year,
            judged.goal.value if judged.goal else None,
            judged.goal.year if judged.goal else None,
            word("target_stage", figure) if isinstance(figure, Stage) else figure,
            named(target, "unit"),
            judged.percent,
            word("standing_of", judged.standing),
            target.section,
        ]
