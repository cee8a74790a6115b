"""The award schedule: its versions, what changed between them, and the draft that one person writes and another publishes."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.awards import schedule, table
from app.domain.awards.kinds import Applicant, Evidence, Item, Mode
from app.domain.awards.schedule import Award, Needed
from app.domain.errors import NotFound, RuleBroken
from app.domain.texts import Text
from app.edge.sentences import sentence
from app.models import AwardSchedule, db
from app.queries import award_schedule as queries
from app.queries import versions
from app.services import award_schedule
from app.services.changing import changing
from app.web import drawn_up
from app.web.security import me

FIELD_NAMES = {
    **table.COLUMNS,
    "since": "适用日期",
    "until": "适用日期",
    "name": "名称",
    "amount": "方式和金额",
    "rate": "方式和金额",
    "mode": "方式和金额",
}

bp = Blueprint("award_schedule", __name__, url_prefix="/award-schedule")


@bp.get("")
def index() -> str:
    """List the versions, and say which holds today."""
    session = db.session()
    return render_template(
        "award_schedule/index.html",
        versions=versions.all_of(session, AwardSchedule),
        in_force=versions.in_force(session, AwardSchedule, clock.today()),
        may_draw_up=policy.may(me(), "award_schedule.draw_up") and versions.draft(session, AwardSchedule) is None,
    )


@bp.get("/<int:number>")
def show(number: int) -> str:
    """Show one version, and what it changes in the one before it."""
    return _page(versions.numbered(db.session(), AwardSchedule, number))


def _page(version: AwardSchedule, form: Any = None) -> str:
    session = db.session()
    lines = queries.lines_of(version)
    before = versions.before(session, version)
    was = queries.lines_of(before) if before else ()
    return render_template(
        "award_schedule/show.html",
        version=version,
        lines=lines,
        columns=FIELD_NAMES,
        before=before,
        changes=schedule.differences(was, lines) if before else [],
        flaws=[(f.award, sentence(f.refusal)) for f in schedule.flaws(lines, was)] if version.state == "draft" else [],
        form=form or _proposal(version),
        may_draw_up=version.is_drawn_up and policy.may(me(), "award_schedule.draw_up"),
        may_publish=version.waits and policy.may(me(), "award_schedule.publish") and version.made_by_id != me().id,
    )


def _proposal(version: AwardSchedule, given: Any = None) -> Any:
    data = {"effective_from": version.effective_from, "reason": version.reason}
    return forms.build("desk:award_proposal", given, facts={"today": clock.today()}, data=data)


@bp.get("/<int:number>.dmn")
def dmn(number: int) -> Response:
    """Return a version as a decision table, for whoever draws with other tools."""
    version = versions.numbered(db.session(), AwardSchedule, number)
    name = f"awards-{version.number}.dmn"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(version.dmn, mimetype="application/xml", headers=headers)


@bp.post("")
def begin() -> Answer:
    """Begin a new version."""
    with changing(db.session):
        version = award_schedule.begin(db.session(), by=me())
    return redirect(url_for(".show", number=version.number), 303)


@bp.get("/<int:number>/lines/new")
def new_line(number: int) -> str:
    """Ask what an award gives that the draft does not have yet."""
    version = _drawn_up(number)
    return _line_page(version, forms.build("desk:award_line", facts={}), None)


@bp.get("/<int:number>/lines/<award>/<since>")
def line(number: int, award: str, since: str) -> str:
    """Ask what a line of the draft says from now on."""
    version = _drawn_up(number)
    found = _line(version, award, since)
    return _line_page(version, forms.build("desk:award_line", facts={}, data=_data_of(found)), found)


@bp.post("/<int:number>/lines/new", endpoint="add_line")
@bp.post("/<int:number>/lines/<award>/<since>", endpoint="change_line")
def write_line(number: int, award: str = "", since: str = "") -> Answer | tuple[str, int]:
    """Write a line of the draft, or show what is wrong with it."""
    version = _drawn_up(number)
    found = _line(version, award, since) if award else None
    form = forms.build("desk:award_line", request.form, facts={})
    if not form.validate():
        return _line_page(version, form, found), 422
    try:
        with changing(db.session):
            award_schedule.put_line(
                db.session(), version, _award(form.answers()), was=(found.id, found.since) if found else None, by=me()
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field or "award", sentence(refusal))
        return _line_page(version, form, found), 422
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/lines/<award>/<since>/drop")
def drop_line(number: int, award: str, since: str) -> Answer:
    """Take a line out of the draft."""
    version = _drawn_up(number)
    found = _line(version, award, since)
    with changing(db.session):
        award_schedule.drop_line(db.session(), version, (found.id, found.since), by=me())
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/proposal")
def propose(number: int) -> Answer | tuple[str, int]:
    """Hand the draft to whoever publishes it."""
    version = _drawn_up(number)

    def propose_with(answers: Any) -> None:
        day = date.fromisoformat(answers["effective_from"])
        award_schedule.propose(db.session(), version, effective_from=day, reason=answers["reason"], by=me())

    return drawn_up.proposed(version, _proposal(version, request.form), _page, propose_with)


@bp.post("/<int:number>/publication")
def publish(number: int) -> Answer:
    """Publish what was proposed, or send it back."""
    return drawn_up.published(award_schedule, versions.numbered(db.session(), AwardSchedule, number))


@bp.post("/<int:number>/discard")
def discard(number: int) -> Answer:
    """Throw the draft away."""
    return drawn_up.discarded(award_schedule, _drawn_up(number))


def _drawn_up(number: int) -> AwardSchedule:
    version = versions.numbered(db.session(), AwardSchedule, number)
    policy.check(me(), "award_schedule.draw_up", version)
    return version


def _line(version: AwardSchedule, award: str, since: str) -> Award:
    found = next((one for one in queries.lines_of(version) if (one.id, one.since.isoformat()) == (award, since)), None)
    if found is None:
        raise NotFound("award_line")
    return found


def _line_page(version: AwardSchedule, form: Any, found: Award | None) -> str:
    return render_template("award_schedule/line.html", version=version, form=form, line=found)


def _data_of(found: Award) -> dict[str, Any]:
    return {
        "award": found.id,
        "name": found.name.zh,
        "name_en": found.name.en,
        "since": found.since,
        "until": found.until,
        "mode": found.mode.value,
        "amount": found.amount,
        "rate": found.rate,
        "cap": found.cap,
        "item": found.item.value,
        "applicants": [one.value for one in found.who],
        "main_papers": [one.kind.value for one in found.evidence if not one.secondary],
        "secondary_papers": [one.kind.value for one in found.evidence if one.secondary],
        "section": found.section,
        "basis": found.basis,
    }


def _award(answers: Any) -> Award:
    until = answers.get("until")
    main = [Needed(Evidence(one)) for one in answers["main_papers"]]
    secondary = [Needed(Evidence(one), secondary=True) for one in answers.get("secondary_papers") or []]
    return Award(
        id=answers["award"],
        name=Text(answers["name"], answers["name_en"]),
        since=date.fromisoformat(answers["since"]),
        until=date.fromisoformat(until) if until else None,
        mode=Mode(answers["mode"]),
        amount=answers.get("amount"),
        rate=answers.get("rate"),
        cap=answers.get("cap"),
        item=Item(answers["item"]),
        applicants=frozenset(Applicant(one) for one in answers["applicants"]),
        evidence=(*main, *secondary),
        section=answers["section"],
        basis=answers.get("basis") or "",
    )
