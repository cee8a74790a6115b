"""Drawing up, proposing and publishing a version of the award schedule: one person writes it, another publishes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app import engine, policy
from app.domain.awards import schedule, table
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken
from app.models import AwardSchedule, User
from app.queries import award_schedule as queries
from app.queries import versions as earlier
from app.services import drawing_up, versions


def bring_in(session: Session, path: Path) -> AwardSchedule | None:
    """Publish the schedule that comes with the product where there is none yet; ``None`` where there is."""
    dmn = path.read_bytes().decode()
    _refuse_flaws(queries.read(dmn), ())
    return versions.bring_in(session, AwardSchedule, dmn)


def begin(session: Session, *, by: User) -> AwardSchedule:
    """Begin a version with what the latest published one says. One at a time: raises ``Stale`` where there is a draft."""
    policy.check(by, "award_schedule.draw_up")
    return versions.begin(session, AwardSchedule, by=by)


def put_line(session: Session, version: AwardSchedule, line: Award, *, was: tuple[str, date] | None, by: User) -> None:
    """Write a line of the draft: in place of the one with award and first day ``was``, or as a new one."""
    _check_drawn_up(session, version, by)
    lines = list(queries.lines_of(version))
    others = [one for one in lines if (one.id, one.since) != was]
    if any((one.id, one.since) == (line.id, line.since) for one in others):
        raise RuleBroken("这一奖项已有从这一天起的标准", field="since")
    if flaw := next((f for f in schedule.flaws([line])), None):
        raise flaw.refusal
    at = next((n for n, one in enumerate(lines) if (one.id, one.since) == was), len(lines))
    _rewrite(version, sorted([*others[:at], line, *others[at:]], key=lambda one: (one.id, one.since)), by)


def drop_line(session: Session, version: AwardSchedule, was: tuple[str, date], *, by: User) -> None:
    """Take a line out of the draft."""
    _check_drawn_up(session, version, by)
    left = [one for one in queries.lines_of(version) if (one.id, one.since) != was]
    _rewrite(version, left, by)


def propose(session: Session, version: AwardSchedule, *, effective_from: date, reason: str, by: User) -> None:
    """Hand the draft to whoever publishes it. Refuses flaws, a day that is not to come, or one before the last version."""
    _check_drawn_up(session, version, by)
    latest = queries.lines_of(earlier.latest(session, AwardSchedule))
    lines = queries.lines_of(version)
    _refuse_flaws(lines, latest)
    if not schedule.differences(latest, lines):
        raise RuleBroken("与现行标准相比没有变化")
    versions.propose(session, version, effective_from=effective_from, reason=reason, by=by)


def publish(session: Session, version: AwardSchedule, *, by: User, address: str = "") -> None:
    """Publish what was proposed; whoever drew it up does not (four eyes). From its day on it holds, and never changes."""
    _check_waits(session, version, by)
    _refuse_flaws(queries.lines_of(version), queries.lines_of(earlier.latest(session, AwardSchedule)))
    versions.publish(session, version, by=by, address=address, kind="schedule_published")


def send_back(session: Session, version: AwardSchedule, *, by: User) -> None:
    """Give a proposed version back to be drawn up further."""
    _check_waits(session, version, by)
    version.proposed_at = None


def discard(session: Session, version: AwardSchedule, *, by: User) -> None:
    """Throw the draft away."""
    _check_drawn_up(session, version, by)
    drawing_up.decide(version, "discarded", by=by)


def _rewrite(version: AwardSchedule, lines: Sequence[Award], by: User) -> None:
    versions.rewrite(version, written(lines), by=by)


def written(lines: Iterable[Award]) -> str:
    """Return the lines as a decision table (DMN)."""
    columns = table.COLUMNS
    rows = [(line, table.row_of(line)) for line in lines]
    sheet = engine.Sheet(
        id="awards",
        name="奖励与资助标准",
        namespace="urn:peiyou:schedule",
        inputs=tuple(engine.Column(name, columns[name]) for name in table.INPUTS),
        outputs=tuple(
            engine.Column(name, columns[name], "number" if name in table.NUMBERS else "string")
            for name in table.OUTPUTS
        ),
        lines=tuple(engine.Line(f"r_{line.id}_{line.since:%Y%m%d}", row.conditions, row.outputs) for line, row in rows),
    )
    return engine.write_sheet(sheet).decode()


def _check_drawn_up(session: Session, version: AwardSchedule, by: User) -> None:
    policy.check(by, "award_schedule.draw_up", version)
    drawing_up.take_draft(session, version)


def _check_waits(session: Session, version: AwardSchedule, by: User) -> None:
    policy.check(by, "award_schedule.publish", version)
    drawing_up.take_proposed(session, version)


def _refuse_flaws(lines: Sequence[Award], before: Sequence[Award]) -> None:
    versions.refuse_flaws([(flaw.award, flaw.refusal) for flaw in schedule.flaws(lines, before)])
