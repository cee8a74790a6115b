"""Drawing up, proposing and publishing a version of the criteria of the roster: one person writes, another publishes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app import engine, policy
from app.domain.errors import RuleBroken
from app.domain.roster import criteria, table
from app.domain.roster.criteria import Criteria, Indicator
from app.models import RosterCriteria, User
from app.queries import roster_criteria as queries
from app.queries import versions as earlier
from app.services import drawing_up, versions


def bring_in(session: Session, path: Path) -> RosterCriteria | None:
    """Publish the criteria that come with the product where there are none yet; ``None`` where there are."""
    dmn = path.read_bytes().decode()
    _refuse_flaws(queries.read(dmn))
    return versions.bring_in(session, RosterCriteria, dmn)


def begin(session: Session, *, by: User) -> RosterCriteria:
    """Begin a version with what the latest published one says. One at a time: raises ``Stale`` where there is a draft."""
    policy.check(by, "roster_criteria.draw_up")
    return versions.begin(session, RosterCriteria, by=by)


def put_indicator(session: Session, version: RosterCriteria, one: Indicator, *, was: str | None, by: User) -> None:
    """Write an indicator of the draft: in place of that with the key ``was``, or as the last one."""
    _check_drawn_up(session, version, by)
    now = queries.said_by(version)
    others = [other for other in now.indicators if other.key != was]
    if one.key == table.TOTAL or any(other.key == one.key for other in others):
        raise RuleBroken("已有这一代码的指标", field="key")
    at = next((n for n, other in enumerate(now.indicators) if other.key == was), len(others))
    _rewrite(version, replace(now, indicators=(*others[:at], one, *others[at:])), by)


def drop_indicator(session: Session, version: RosterCriteria, key: str, *, by: User) -> None:
    """Take an indicator out of the draft."""
    _check_drawn_up(session, version, by)
    now = queries.said_by(version)
    _rewrite(version, replace(now, indicators=tuple(one for one in now.indicators if one.key != key)), by)


def propose(
    session: Session, version: RosterCriteria, *, effective_from: date, least: int, reason: str, by: User
) -> None:
    """Hand the draft to whoever publishes it, with the total from which on a unit may be chosen. Refuses flaws."""
    _check_drawn_up(session, version, by)
    _rewrite(version, replace(queries.said_by(version), least=least), by)
    latest, now = queries.said_by(earlier.latest(session, RosterCriteria)), queries.said_by(version)
    _refuse_flaws(now)
    if latest == now:
        raise RuleBroken("与现行标准相比没有变化")
    versions.propose(session, version, effective_from=effective_from, reason=reason, by=by)


def publish(session: Session, version: RosterCriteria, *, by: User, address: str = "") -> None:
    """Publish what was proposed; whoever drew it up does not (four eyes). From its day on it holds, and never changes."""
    _check_waits(session, version, by)
    versions.publish(session, version, by=by, address=address, kind="criteria_published")


def send_back(session: Session, version: RosterCriteria, *, by: User) -> None:
    """Give a proposed version back to be drawn up further."""
    _check_waits(session, version, by)
    version.proposed_at = None


def discard(session: Session, version: RosterCriteria, *, by: User) -> None:
    """Throw the draft away."""
    _check_drawn_up(session, version, by)
    drawing_up.decide(version, "discarded", by=by)


def written(said: Criteria) -> str:
    """Return criteria as a decision table (DMN)."""
    columns = table.COLUMNS
    sheet = engine.Sheet(
        id="roster_criteria",
        name="培优名录入库标准",
        namespace="urn:peiyou:roster",
        inputs=tuple(engine.Column(name, columns[name]) for name in table.INPUTS),
        outputs=tuple(
            engine.Column(name, columns[name], "number" if name in table.NUMBERS else "string")
            for name in table.OUTPUTS
        ),
        lines=tuple(engine.Line(f"r_{key}", (table.condition(key),), outputs) for key, outputs in table.rows_of(said)),
    )
    return engine.write_sheet(sheet).decode()


def _rewrite(version: RosterCriteria, said: Criteria, by: User) -> None:
    versions.rewrite(version, written(said), by=by)


def _check_drawn_up(session: Session, version: RosterCriteria, by: User) -> None:
    policy.check(by, "roster_criteria.draw_up", version)
    drawing_up.take_draft(session, version)


def _check_waits(session: Session, version: RosterCriteria, by: User) -> None:
    policy.check(by, "roster_criteria.publish", version)
    drawing_up.take_proposed(session, version)


def _refuse_flaws(said: Criteria) -> None:
    versions.refuse_flaws([(flaw.indicator, flaw.refusal) for flaw in criteria.flaws(said)])
