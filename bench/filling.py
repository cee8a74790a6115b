"""Very many rows at once, made by the database itself: tasks in the queues of the office, periods that only wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, Date, Integer, String, cast, column, insert, literal, null, select, text, values

from app import clock
from app.domain import deadlines, naming
from app.models import Case, Deadline, ProcessVersion, Task
from app.models.types import UtcDateTime
from bench.house import ROLES, House

TASKS_A_CASE = 4
SPREAD = 90  # days over which due dates lie, from three weeks ago on
LATEST = 21
PARTIES = (["顺德美誉电器股份有限公司"], ["中山市晨光小家电有限公司", "佛山市禅城区石湾五金厂"])
NAMES = [name for side in PARTIES for name in side]


def fill_tasks(house: House, first: int, last: int, queues: list[tuple[str, int]] | None = None) -> None:
    """Put tasks ``first`` to ``last`` into the queues of the office, in turn, with due dates all over the calendar."""
    places = queues or [(role.value, unit) for unit in house.units for role in ROLES]
    _fill_cases(house, first // TASKS_A_CASE, last // TASKS_A_CASE)
    n, days, where = _numbers(first, last), _days(), _pairs("queue", places)
    now = clock.now()
    number = literal("佛知快调〔2025〕", String) + cast(n.c.i // TASKS_A_CASE, String) + literal("号", String)
    cases = select(Case.id, Case.number).cte("cases")
    columns: dict[str, Any] = {
        "case_id": cases.c.id,
        "engine_id": literal("bench-", String) + cast(n.c.i, String),
        "key": literal("bench_eight", String),
        "form": literal("bench_eight", String),
        "title": literal("填写八项", String),
        "title_en": literal("Eight fields", String),
        "process": literal("two_task", String),
        "case_number": number,
        "case_title": literal(naming.title(*PARTIES), String),
        "case_title_en": literal(naming.title_en(*PARTIES), String),
        "search_text": number + literal(" " + naming.folded("填写八项", "Eight fields", *NAMES), String),
        "role": where.c.role,
        "unit_id": where.c.unit,
        "opened_at": literal(now, UtcDateTime),
        "due_on": days.c.due,
        "due_sort": days.c.due,
        "warn_on": days.c.warn,
        "provisional": literal(False),
        "paused": literal(False),
        "state": literal("open", String),
        "version": literal(1, Integer),
    }
    rows = (
        select(*columns.values())
        .select_from(n)
        .join(days, days.c.k == n.c.i % SPREAD)
        .join(where, where.c.k == n.c.i % len(places))
        .join(cases, cases.c.number == number)
    )
    house.session.execute(insert(Task).from_select(list(columns), rows))
    house.session.commit()


def _fill_cases(house: House, first: int, last: int) -> None:
    n, now, today = _numbers(first, last), clock.now(), clock.today()
    digest = house.session.scalars(select(ProcessVersion.digest).where(ProcessVersion.key == "two_task")).one()
    columns: dict[str, Any] = {
        "number": literal("佛知快调〔2025〕", String) + cast(n.c.i, String) + literal("号", String),
        "receipt_number": literal("B", String) + cast(n.c.i, String),
        "kind": literal("two_task", String),
        "state": literal("requested", String),
        "title": literal(naming.title(*PARTIES), String),
        "title_en": literal(naming.title_en(*PARTIES), String),
        "party_names": literal(" ".join(NAMES), String),
        "subject": literal("", String),
        "unit_id": literal(house.units[0], Integer),
        "received_on": literal(today, Date),
        "opened_at": literal(now, UtcDateTime),
        "first_filed_on": literal(today, Date),
        "regime": literal(deadlines.regime_on(today).value, String),
        "process_digest": literal(digest, String),
        "position": literal("", String),
        "version": literal(1, Integer),
        "recusal_pending": literal(False),
        "event_count": literal(0, Integer),
        "event_head": literal("", String),
        "event_seal": literal("", String),
    }
    known = select(Case.number).where(Case.number == columns["number"])
    rows = select(*columns.values()).select_from(n).where(~known.exists())
    house.session.execute(insert(Case).from_select(list(columns), rows))


def fill_deadlines(house: House, number: int, *, case_id: int) -> None:
    """Let so many periods run that are not due before next month."""
    n, now, today = _numbers(1, number), clock.now(), clock.today()
    later = today + timedelta(days=40)
    columns: dict[str, Any] = {
        "case_id": literal(case_id, Integer),
        "rule": literal("mediation.closing", String),
        "regime": literal(deadlines.regime_on(today).value, String),
        "party_id": null(),
        "start_on": literal(today, Date),
        "due_on": literal(later, Date),
        "warn_on": literal(later - timedelta(days=3), Date),
        "provisional": literal(False),
        "state": literal("running", String),
        "opened_at": literal(now, UtcDateTime),
        "wake_at": literal(now + timedelta(days=37), UtcDateTime),
        "reminded": literal("", String),
    }
    house.session.execute(insert(Deadline).from_select(list(columns), select(*columns.values()).select_from(n)))
    house.session.commit()


def settle(house: House) -> None:
    """Let the database take stock of what was filled in, as its own housekeeping would in time."""
    house.session.rollback()
    with house.session.get_bind().connect() as connection:  # type: ignore[union-attr]
        if house.name == "PostgreSQL":
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))
        else:
            connection.execute(text("ANALYZE"))
            connection.commit()


# -- numbers and dates as tables ---------------------------------------------------------------------------------------


def _numbers(first: int, last: int) -> CTE:
    n = select(literal(first, Integer).label("i")).cte("n", recursive=True)
    return n.union_all(select(n.c.i + 1).where(n.c.i < last))


def _days() -> CTE:
    start = clock.today() - timedelta(days=LATEST)
    rows: list[tuple[int, date, date]] = []
    for k in range(SPREAD):
        due = start + timedelta(days=k)
        rows.append((k, due, due - timedelta(days=3)))
    table = values(column("k", Integer), column("due", Date), column("warn", Date), name="day")
    return table.data(rows).cte("days")


def _pairs(name: str, pairs: list[tuple[str, int]]) -> CTE:
    table = values(column("k", Integer), column("role", String), column("unit", Integer), name=f"{name}_values")
    return table.data([(k, role, unit) for k, (role, unit) in enumerate(pairs)]).cte(name)
