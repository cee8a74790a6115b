"""The account that money goes to: a corporate one in the unit's own name (applicant scope, Foshan 2021)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain import identifiers
from app.domain.errors import RuleBroken
from app.domain.organizations import OrgKind
from app.models import Organization
from app.services.acting import Answers


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
