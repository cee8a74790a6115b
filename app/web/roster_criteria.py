"""The criteria of the roster: their versions, what changed, and the draft that one writes and another publishes."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

import forms
from app import clock, policy
from app.domain.errors import NotFound, RuleBroken
from app.domain.roster import criteria, table
from app.domain.roster.criteria import Criteria, Dimension, Indicator
from app.domain.texts import Text
from app.edge.sentences import sentence
from app.models import RosterCriteria, db
from app.queries import roster_criteria as queries
from app.queries import versions
from app.services import roster_criteria
from app.services.changing import changing
from app.web import drawn_up
from app.web.security import me

bp = Blueprint("roster_criteria", __name__, url_prefix="/roster/criteria")


@bp.get("")
def index() -> str:
    """List the versions, and say which holds today."""
    session = db.session()
    return render_template(
        "roster_criteria/index.html",
        versions=versions.all_of(session, RosterCriteria),
        in_force=versions.in_force(session, RosterCriteria, clock.today()),
        may_draw_up=policy.may(me(), "roster_criteria.draw_up") and versions.draft(session, RosterCriteria) is None,
    )


@bp.get("/<int:number>")
def show(number: int) -> str:
    """Show one version, and what it changes in the one before it."""
    return _page(_version(number))


def _page(version: RosterCriteria, form: Any = None) -> str:
    session = db.session()
    said = queries.said_by(version)
    before = versions.before(session, version)
    was = queries.said_by(before) if before else None
    return render_template(
        "roster_criteria/show.html",
        version=version,
        said=said,
        total=sum(one.weight for one in said.indicators),
        columns=table.COLUMNS,
        before=before,
        was=was,
        changes=criteria.differences(was, said) if was else [],
        flaws=[(f.indicator, sentence(f.refusal)) for f in criteria.flaws(said)] if version.state == "draft" else [],
        form=form or _proposal(version, said),
        may_draw_up=version.is_drawn_up and policy.may(me(), "roster_criteria.draw_up"),
        may_publish=version.waits and policy.may(me(), "roster_criteria.publish") and version.made_by_id != me().id,
    )


def _proposal(version: RosterCriteria, said: Criteria, given: Any = None) -> Any:
    data = {"effective_from": version.effective_from, "least": said.least, "reason": version.reason}
    return forms.build("desk:roster_proposal", given, facts={}, data=data)


@bp.get("/<int:number>.dmn")
def dmn(number: int) -> Response:
    """Return a version as a decision table, for whoever draws with other tools."""
    version = _version(number)
    headers = {"Content-Disposition": f"attachment; filename=roster-criteria-{version.number}.dmn"}
    return Response(version.dmn, mimetype="application/xml", headers=headers)


@bp.post("")
def begin() -> Answer:
    """Begin a new version."""
    with changing(db.session):
        version = roster_criteria.begin(db.session(), by=me())
    return redirect(url_for(".show", number=version.number), 303)


@bp.get("/<int:number>/indicators/new")
def new_indicator(number: int) -> str:
    """Ask for an indicator that the draft does not have yet."""
    return _indicator_page(_drawn_up(number), forms.build("desk:roster_indicator", facts={}), None)


@bp.get("/<int:number>/indicators/<indicator_key>")
def indicator(number: int, indicator_key: str) -> str:
    """Ask what an indicator of the draft says from now on."""
    version = _drawn_up(number)
    found = _found(version, indicator_key)
    return _indicator_page(version, forms.build("desk:roster_indicator", facts={}, data=_data_of(found)), found)


@bp.post("/<int:number>/indicators/new", endpoint="add_indicator")
@bp.post("/<int:number>/indicators/<indicator_key>", endpoint="change_indicator")
def write_indicator(number: int, indicator_key: str = "") -> Answer | tuple[str, int]:
    """Write an indicator of the draft, or show what is wrong with it."""
    version = _drawn_up(number)
    found = _found(version, indicator_key) if indicator_key else None
    form = forms.build("desk:roster_indicator", request.form, facts={})
    if not form.validate():
        return _indicator_page(version, form, found), 422
    try:
        with changing(db.session):
            roster_criteria.put_indicator(
                db.session(), version, _indicator(form.answers()), was=found.key if found else None, by=me()
            )
    except RuleBroken as refusal:
        form.refuse(refusal.field or "key", sentence(refusal))
        return _indicator_page(version, form, found), 422
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/indicators/<indicator_key>/drop")
def drop_indicator(number: int, indicator_key: str) -> Answer:
    """Take an indicator out of the draft."""
    version = _drawn_up(number)
    found = _found(version, indicator_key)
    with changing(db.session):
        roster_criteria.drop_indicator(db.session(), version, found.key, by=me())
    return redirect(url_for(".show", number=number), 303)


@bp.post("/<int:number>/proposal")
def propose(number: int) -> Answer | tuple[str, int]:
    """Hand the draft to whoever publishes it."""
    version = _drawn_up(number)

    def propose_with(answers: Any) -> None:
        roster_criteria.propose(
            db.session(),
            version,
            effective_from=date.fromisoformat(answers["effective_from"]),
            least=answers["least"],
            reason=answers["reason"],
            by=me(),
        )

    form = _proposal(version, queries.said_by(version), request.form)
    return drawn_up.proposed(version, form, _page, propose_with)


@bp.post("/<int:number>/publication")
def publish(number: int) -> Answer:
    """Publish what was proposed, or send it back."""
    return drawn_up.published(roster_criteria, _version(number))


@bp.post("/<int:number>/discard")
def discard(number: int) -> Answer:
    """Throw the draft away."""
    return drawn_up.discarded(roster_criteria, _drawn_up(number))


def _version(number: int) -> RosterCriteria:
    return versions.numbered(db.session(), RosterCriteria, number)


def _drawn_up(number: int) -> RosterCriteria:
    version = _version(number)
    policy.check(me(), "roster_criteria.draw_up", version)
    return version


def _found(version: RosterCriteria, key: str) -> Indicator:
    found = next((one for one in queries.said_by(version).indicators if one.key == key), None)
    if found is None:
        raise NotFound("indicator")
    return found


def _indicator_page(version: RosterCriteria, form: Any, found: Indicator | None) -> str:
    return render_template("roster_criteria/indicator.html", version=version, form=form, indicator=found)


def _data_of(found: Indicator) -> dict[str, Any]:
    return {
        "key": found.key,
        "name": found.name.zh,
        "name_en": found.name.en,
        "dimension": found.dimension.value,
        "weight": found.weight,
        "least": found.least or None,
        "asked": found.asked.zh,
        "asked_en": found.asked.en,
    }


def _indicator(answers: Any) -> Indicator:
    return Indicator(
        key=answers["key"],
        name=Text(answers["name"], answers["name_en"]),
        weight=answers["weight"],
        asked=Text(answers["asked"], answers["asked_en"]),
        dimension=Dimension(answers["dimension"]),
        least=answers.get("least") or 0,
    )
