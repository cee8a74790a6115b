"""The calendar that somebody subscribes to, as iCalendar (RFC 5545).

What is in it lies on the servers of whoever keeps that person's calendar, and often on the phones of their family. So an
entry says no more than is needed to be there in time: what it is, of which case, when, and in which room. Parties are
never named, not even where the hearing is public: who was announced is on the office's board, not in a mail provider's
index. Of a meeting online it says only that: what stands for its place is a number or a link that lets people in. The rest
is on the page of the case, behind the login.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from flask_babel import gettext
from icalendar import CLASS, STATUS, Calendar, Event

from app.queries.meetings import Meeting, Standing

REFRESHED = timedelta(hours=1)


def written(
    meetings: Sequence[Meeting],
    changes: Mapping[tuple[str, int], Sequence[datetime]],
    *,
    owner: int,
    host: str,
    links: Mapping[int, str],
) -> bytes:
    """Return the calendar; ``changes`` as the query gives them, ``links`` the page of each case by its id."""
    calendar = Calendar.new(
        prodid="-//Peiyou//hearings//ZH",
        name=gettext("审理日历"),
        uid=f"hearings-of-{owner}@{host}",
        subcomponents=[_entry(one, changes[one.kind, one.id], host, links[one.case.id]) for one in meetings],
    )
    calendar.add("REFRESH-INTERVAL", REFRESHED, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    calendar.add("X-WR-TIMEZONE", "Asia/Shanghai")
    return bytes(calendar.to_ical())


def _entry(one: Meeting, changed: Sequence[datetime], host: str, link: str) -> Event:
    """Return one entry. It keeps its UID for ever; what was put off is called off, and its new day an entry of its own."""
    last = changed[-1].astimezone(UTC).replace(microsecond=0)
    return Event.new(
        uid=f"{one.kind}-{one.id}@{host}",
        stamp=last,  # without a METHOD both say when it was last changed
        last_modified=last,
        created=changed[0].astimezone(UTC).replace(microsecond=0),
        sequence=int(one.called_off),
        start=one.at.astimezone(UTC),
        end=one.until.astimezone(UTC),
        summary=_summary(one),
        location=gettext("线上") if one.online else one.venue,
        description=gettext("详情请登录查看：%(link)s", link=link),
        url=link,
        status=_status(one),
        classification=CLASS.PRIVATE,
    )


def _summary(one: Meeting) -> str:
    kind = gettext("口头审理") if one.kind == "hearing" else gettext("调解会")
    said = f"{kind} {one.case.number}"
    return str(gettext("已取消：%(what)s", what=said) if one.called_off else said)


def _status(one: Meeting) -> STATUS:
    if one.called_off:
        return STATUS.CANCELLED
    return STATUS.TENTATIVE if one.standing is Standing.SUSPENDED else STATUS.CONFIRMED
