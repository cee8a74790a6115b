"""The account that money goes to: a corporate one in the unit's own name (applicant scope, Foshan 2021), shown for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import policy
from app.domain import identifiers
from app.domain.errors import NotFound, RuleBroken
from app.domain.events import ProtectedShown
from app.domain.organizations import OrgKind
from app.models import Organization, User
from app.queries import cases
from app.services import tasks
from app.services.acting import Acting, Answers


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, at which bank, and its number without spaces."""

    name: str
    bank: str
    number: str


def checked(organization: Organization, answers: Answers) -> Account:
    """Return the account; raises ``RuleBroken`` for one that is not in the organisation's name or is a personal card."""
    number = identifiers.bank_account(answers["account"])
    if answers["account_name"] != organization.name:
        raise RuleBroken("账户名称应当与申报单位的名称一致：%(name)s", field="account_name", name=organization.name)
    if organization.kind != OrgKind.INDIVIDUAL and identifiers.is_personal_card(number):
        raise RuleBroken("这是个人银行卡号，请填写对公账户", field="account")
    return Account(answers["account_name"], answers["bank"], number)


def reveal(session: Session, case_id: int, *, reason: str, by: User) -> str:
    """Return the account of an application in full; who looked and why stays in the case's history."""
    case = cases.locked(session, case_id)
    policy.check(by, "award.reveal_account", case)
    tasks.refuse_conflict(session, by, case, field="reason")
    row = case.award
    if row is None or not row.account:
        raise NotFound("account")
    Acting(session, case, by).record(ProtectedShown(what="银行账号", of=row.account_name, reason=reason))
    return row.account
