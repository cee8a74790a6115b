"""How the office settles what the programme leaves open about awards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app import policy
from app.domain.awards.options import OPTIONS
from app.domain.errors import RuleBroken
from app.models import User
from app.queries import award_options
from app.services import access_log, settings


def choose(session: Session, values: Mapping[str, Any], *, by: User, address: str = "") -> list[str]:
    """Settle what differs from what holds now, write down who did it, and return the keys that changed."""
    policy.check(by, "award_options.choose")
    now = award_options.chosen(session)
    changed = [key for key in OPTIONS if key in values and values[key] != now[key]]
    for key in changed:
        if not OPTIONS[key].knows(values[key]):
            raise RuleBroken("请从列出的办法中选择", field=key.replace(".", "_"))
        settings.put(session, key, values[key])
        access_log.record(
            session, "award_option_changed", user=by, address=address, key=key, was=now[key], value=values[key]
        )
    return changed
