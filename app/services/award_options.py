"""How the office settles what the programme leaves open about awards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import policy
from app.domain.awards.grants import Rounding
from app.domain.awards.options import OPTIONS
from app.domain.errors import RuleBroken
from app.models import Setting, User
from app.services import access_log, settings


def chosen(session: Session, *keys: str) -> dict[str, Any]:
    """Return what holds for these questions (all of them where none is named), by key, in one statement."""
    wanted = keys or tuple(OPTIONS)
    own = {row.key: row.value for row in session.scalars(select(Setting).where(Setting.key.in_(wanted)))}
    return {key: own.get(key, OPTIONS[key].default) for key in wanted}


def rounding(session: Session) -> Rounding:
    """Return to what the office rounds amounts down."""
    return Rounding(chosen(session, "award.rounding")["award.rounding"])


def choose(session: Session, values: Mapping[str, Any], *, by: User, address: str = "") -> list[str]:
    """Settle what differs from what holds now, write down who did it, and return the keys that changed."""
    policy.check(by, "award_options.choose")
    now = chosen(session)
    changed = [key for key in OPTIONS if key in values and values[key] != now[key]]
    for key in changed:
        if not OPTIONS[key].knows(values[key]):
            raise RuleBroken("请从列出的办法中选择", field=key.replace(".", "_"))
        settings.put(session, key, values[key])
        access_log.record(
            session, "award_option_changed", user=by, address=address, key=key, was=now[key], value=values[key]
        )
    return changed
