"""Drawing up, proposing and publishing a version of the award schedule: one person writes it, another publishes it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock, engine, policy
from app.domain.awards import schedule, table
from app.domain.awards.schedule import Award
from app.domain.errors import RuleBroken, Stale
from app.models import AwardSchedule, User
from app.queries import award_schedule as queries
from app.services import access_log, drawing_up

FIRST_DAY = date(2020, 1, 1)  # the year of the programme


def bring_in(session: Session, path: Path) -> AwardSchedule | None:
    """Publish the schedule that comes with the product where there is none yet; ``None`` where there is."""
    if session.scalar(select(AwardSchedule.id).limit(1)) is not None:
        return None
    dmn = path.read_bytes().decode()
    _refuse_flaws(queries.read(dmn), ())
    now = clock.now()
    version = _kept(session, dmn, effective_from=FIRST_DAY, by=None)
    version.state, version.proposed_at, version.decided_at = "published", now, now
    return version


def begin(session: Session, *, by: User) -> AwardSchedule:
    """Begin a version with what the latest published one says. One at a time: raises ``Stale`` where there is a draft."""
    policy.check(by, "award_schedule.draw_up")
    latest = _latest(session)
    tomorrow = max(clock.today(), latest.effective_from) + timedelta(days=1)
    version = _kept(session, latest.dmn, effective_from=tomorrow, by=by)
    try:
        session.flush()
    except IntegrityError as error:
        raise Stale("已有正在起草的版本，请先办完") from error
    return version


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
    _refuse_bad_day(session, effective_from)
    latest = queries.lines_of(_latest(session))
    lines = queries.lines_of(version)
    _refuse_flaws(lines, latest)
    if not schedule.differences(latest, lines):
        raise RuleBroken("与现行标准相比没有变化")
    version.effective_from, version.reason = effective_from, reason
    drawing_up.hand_over(version, by=by)


def publish(session: Session, version: AwardSchedule, *, by: User, address: str = "") -> None:
    """Publish what was proposed; whoever drew it up does not (four eyes). From its day on it holds, and never changes."""
    _check_waits(session, version, by)
    drawing_up.refuse_own(version, by)
    _refuse_bad_day(session, version.effective_from)
    _refuse_flaws(queries.lines_of(version), queries.lines_of(_latest(session)))
    drawing_up.decide(version, "published", by=by)
    access_log.record(
        session, "schedule_published", user=by, address=address, number=version.number, digest=version.digest
    )


def send_back(session: Session, version: AwardSchedule, *, by: User) -> None:
    """Give a proposed version back to be drawn up further."""
    _check_waits(session, version, by)
    version.proposed_at = None


def discard(session: Session, version: AwardSchedule, *, by: User) -> None:
    """Throw the draft away."""
    _check_drawn_up(session, version, by)
    drawing_up.decide(version, "discarded", by=by)


def _kept(session: Session, dmn: str, *, effective_from: date, by: User | None) -> AwardSchedule:
    last = session.scalar(select(func.max(AwardSchedule.number))) or 0
    version = AwardSchedule(
        number=last + 1,
        effective_from=effective_from,
        dmn=dmn,
        digest=_digest(dmn),
        made_by_id=by.id if by else None,
        made_at=clock.now(),
    )
    session.add(version)
    return version


def _digest(dmn: str) -> str:
    return hashlib.sha256(dmn.encode()).hexdigest()


def _rewrite(version: AwardSchedule, lines: Sequence[Award], by: User) -> None:
    version.dmn = written(lines)
    version.digest = _digest(version.dmn)
    version.made_by_id, version.made_at = by.id, clock.now()


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


def _latest(session: Session) -> AwardSchedule:
    """Return the published version with the latest first day, which may be to come."""
    return queries.in_force(session, date.max)


def _check_drawn_up(session: Session, version: AwardSchedule, by: User) -> None:
    policy.check(by, "award_schedule.draw_up", version)
    drawing_up.take_draft(session, version)


def _check_waits(session: Session, version: AwardSchedule, by: User) -> None:
    policy.check(by, "award_schedule.publish", version)
    drawing_up.take_proposed(session, version)


def _refuse_bad_day(session: Session, day: date) -> None:
    if day <= clock.today():
        raise RuleBroken("生效日期应当在今天之后", field="effective_from")
    if day <= _latest(session).effective_from:
        raise RuleBroken("生效日期应当晚于上一版本的生效日期", field="effective_from")


def _refuse_flaws(lines: Sequence[Award], before: Sequence[Award]) -> None:
    if found := schedule.flaws(lines, before):
        first = found[0]
        raise RuleBroken(
            "有 %(n)s 处问题，请先改正：%(award)s %(why)s", n=len(found), award=first.award, why=str(first.refusal)
        )
