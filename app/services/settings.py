"""Values the office can change without a new version: read with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import policy
from app.domain import remedies
from app.domain.errors import NotAllowed
from app.models import Setting, User
from app.services import access_log

# The real prefix of the Foshan office is not published: the office sets its own.
DEFAULTS: dict[str, Any] = {
    "number.prefix": "佛知",
    "number.kind.mediation": "快调",
    "number.kind.adjudication": "裁",
    "number.kind.award_application": "奖",
    "number.kind.roster_intake": "培",
    "number.kind.roster_review": "培核",
    "number.kind.assistance": "诉",
    "number.kind.visit": "访",
    "number.kind.project": "项",
    "office.name": "佛山市市场监督管理局（佛山市知识产权局）",
    "office.address": "佛山市禅城区影荫路8号",
    "office.phone": "0757-83310315",
    "office.postcode": "528000",
    "office.hours": "",  # when the counter is open; empty is not told
    "office.court": "",  # where agreements are confirmed; empty leaves a blank to fill in by hand
    "office.suit_court": "",  # for suits against decisions; empty names none, as the law does
    "service.public_notice_days": 60,
    "visit.answer_days": 10,
    "remedy.suit_within": remedies.STRICTER,
    "retention.mediation_years": 10,
    "retention.adjudication_years": 10,
    "retention.award_application_years": 30,
    "retention.roster_intake_years": 30,
    "retention.roster_review_years": 30,
    "retention.assistance_years": 10,
}


_CHOSEN = select(Setting.key, Setting.value).where(Setting.key.in_(bindparam("keys", expanding=True)))


def get(session: Session, key: str) -> Any:
    """Return the office's value for ``key``, or the default that it came with."""
    return several(session, key)[key]


def several(session: Session, *keys: str) -> dict[str, Any]:
    """Return the office's values for ``keys``, or the defaults that they came with, in one statement."""
    chosen: dict[str, Any] = dict(session.execute(_CHOSEN, {"keys": keys}).all())
    return {key: chosen[key] if key in chosen else DEFAULTS[key] for key in keys}


def variant(session: Session, rule: str) -> str | None:
    """Return which variant of a rule the office follows where its texts disagree; ``None`` for the rule's own length."""
    return remedies.SUITS.get(get(session, "remedy.suit_within")) if rule == remedies.RULE else None


def length(session: Session, rule: str) -> int | None:
    """Return how many days the office has set for a rule whose texts disagree; ``None`` where it sets none."""
    own = {"service.public_notice": "service.public_notice_days", "visit.answer": "visit.answer_days"}.get(rule)
    return get(session, own) if own else None


def number_words(session: Session, kind: str) -> tuple[str, str]:
    """Return the words of a case number: the office's short name, and the word for a kind of case."""
    prefix, word = "number.prefix", f"number.kind.{kind}"
    if word not in DEFAULTS:
        return str(get(session, prefix)), kind
    found = several(session, prefix, word)
    return str(found[prefix]), str(found[word])


def office(session: Session) -> dict[str, Any]:
    """Return every value that the office sets, by key."""
    own = {row.key: row.value for row in session.scalars(select(Setting).where(Setting.key.in_(DEFAULTS)))}
    return DEFAULTS | own


def change(session: Session, values: Mapping[str, Any], *, by: User, address: str = "") -> list[str]:
    """Set what differs from what holds now and write down who changed what; returns the keys that changed."""
    if not policy.may(by, "settings.change"):
        raise NotAllowed("只有系统管理员可以修改办公设置")
    now = office(session)
    changed = [key for key in DEFAULTS if key in values and values[key] != now[key]]
    for key in changed:
        put(session, key, values[key])
        access_log.record(
            session, "setting_changed", user=by, address=address, key=key, was=now[key], value=values[key]
        )
    return changed


def put(session: Session, key: str, value: Any) -> None:
    """Set the office's value for ``key``."""
    session.merge(Setting(key=key, value=value))
