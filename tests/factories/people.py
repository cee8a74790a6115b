"""People, units and organisations for tests; whatever a test does not name is filled with something plausible."""

from __future__ import annotations

from itertools import count

from sqlalchemy.orm import Session
from stdnum.cn import uscc as codes

from app import clock
from app.domain.passwords import hash_password
from app.domain.roles import Role
from app.models import Membership, Organization, OrgUnit, User
from app.services.signup import Newcomer

PASSWORD = "right-Horse-7-battery"
_HASH = hash_password(PASSWORD)
_numbers = count(1)


def code(n: int | None = None) -> str:
    """Return a valid unified social credit code."""
    body = f"91440606MA5{n or next(_numbers):06d}"
    return body + codes.calc_check_digit(body)


def unit(session: Session, name: str = "佛山市市场监督管理局", *, kind: str = "city_bureau") -> OrgUnit:
    """Return a unit of the office."""
    n = next(_numbers)
    row = OrgUnit(code=f"unit{n}", name=name, name_en=f"Bureau {n}", kind=kind)
    session.add(row)
    session.flush()  # tests name it by its number
    return row


def organization(session: Session, name: str = "", *, uscc: str | None = None) -> Organization:
    """Return an organisation for which nobody acts yet."""
    n = next(_numbers)
    row = Organization(
        name=name or f"佛山第{n}电器有限公司", uscc=uscc or code(n), verified=True, created_at=clock.now()
    )
    session.add(row)
    session.flush()  # tests name it by its number
    return row


def person(
    session: Session,
    role: str | None = None,
    *,
    unit: OrgUnit | None = None,
    organization: Organization | None = None,
    username: str = "",
    name: str = "陈慧敏",
) -> User:
    """Return somebody with an account, in ``role`` where one is given: in a unit, or for an organisation."""
    n, now = next(_numbers), clock.now()
    row = User(
        username=username or f"person{n}",
        name=name,
        password_hash=_HASH,
        email=f"person{n}@example.cn",
        phone="13800138000",
        password_changed_at=now,
        created_at=now,
    )
    if role or organization:
        row.memberships.append(Membership(role=role or Role.APPLICANT, unit=unit, organization=organization))
    session.add(row)
    session.flush()  # tests name them by their number
    return row


def newcomer(**changes: str) -> Newcomer:
    """Return somebody who signs up."""
    told = {
        "username": "heyun",
        "password": PASSWORD,
        "name": "何云",
        "email": "heyun@example.cn",
        "phone": "13800138000",
    }
    return Newcomer(**{**told, **changes})
