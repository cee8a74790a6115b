"""Cases under way that ask the same of the same: a hint before a second one is opened, never a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, union
from sqlalchemy.orm import Session

from app.domain.roles import PartyRole
from app.models import Adjudication, Case, Mediation, Party, User
from app.queries.cases import visible_to
from app.queries.organizations import known_by_number


def like_case(session: Session, user: User, case: Case) -> list[Case]:
    """Return the other open cases that ``user`` may see between the same sides about the same right."""
    row = case.dispute
    if row is None:
        return []
    sides = {role: [p.organization_id for p in case.parties if p.role == role] for role in PartyRole}
    found = _open_between(session, user, (row.right_type, row.right_number, row.right_name), sides)
    return [one for one in found if one.id != case.id]


def like_request(session: Session, user: User, answers: Mapping[str, Any]) -> list[Case]:
    """Return the open cases that ``user`` may see and that a request with these answers would repeat."""
    if "right_type" not in answers:  # not about a right
        return []
    own = user.organization_ids & {answers.get("requester_organization") or 0}
    sides = {
        PartyRole.REQUESTER: [*own, *_known(session, answers["co_requesters"])],
        PartyRole.RESPONDENT: _known(session, answers["respondents"]),
    }
    return _open_between(session, user, (answers["right_type"], answers["right_number"], answers["right_name"]), sides)


def _known(session: Session, entries: Iterable[Mapping[str, Any]]) -> list[int]:
    found = (known_by_number(session, entry) for entry in entries)
    return [organization.id for organization in found if organization is not None]


def _open_between(
    session: Session, user: User, right: tuple[str, str, str], sides: Mapping[PartyRole, Collection[int]]
) -> list[Case]:
    """A right without a number is known by its name."""
    about = Case.id.in_(union(*(_about(table, right) for table in (Mediation, Adjudication))))
    between = [_stands(role, sides[role]) for role in (PartyRole.REQUESTER, PartyRole.RESPONDENT)]
    rows = select(Case).where(Case.closed_at.is_(None), about, *between)
    return list(session.scalars(rows.where(visible_to(user)).order_by(Case.id)))


def _about(table: type[Mediation | Adjudication], right: tuple[str, str, str]) -> Select[int]:
    kind, number, name = right
    rows = select(table.case_id).where(table.right_type == kind, table.right_number == number)
    return rows if number else rows.where(table.right_name == name)


def _stands(role: PartyRole, organizations: Collection[int]) -> ColumnElement[bool]:
    return exists().where(Party.case_id == Case.id, Party.role == role, Party.organization_id.in_(organizations))
