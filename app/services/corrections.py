"""What a correction puts right in the request: the parties, the right, what is asked and why (order 81, art. 16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import exists, select

from app.domain import masking
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roles import PartyRole
from app.models import Adjudication, Mediation, Organization, Party, Task
from app.models.case import STATED
from app.models.types import blind_index
from app.queries.corrections import may_be_put_right
from app.queries.organizations import known_by_number
from app.services import answered, naming, parties, respondents
from app.services.acting import Acting, Answers
from app.services.filing import organization_named, refuse_named_twice, stated_of, subject_of

Change = tuple[str, str, str, str]

RIGHT = {
    "right_number": "专利号、注册号或者登记号",
    "right_name": "权利名称",
    "right_holder": "权利人",
    "claims": "主张的权利要求",
}
PARTY = {
    "name": "名称或者姓名",
    "uscc": "统一社会信用代码",
    "country": "国家或者地区",
    "foreign_number": "境外登记号码",
    "resident_id": "居民身份证号",
    "legal_representative": "法定代表人或者负责人",
    "address": "住所",
    "postcode": "邮政编码",
    "phone": "联系电话",
    "email": "电子邮箱",
}
NUMBERS = frozenset({"uscc", "country", "foreign_number", "resident_id"})
IDENTITY = NUMBERS | {"name"}
# By what a party of a kind is known; everybody else by a unified social credit code.
NUMBERS_OF = {"individual": {"resident_id"}, "foreign": {"country", "foreign_number"}}
# Of a person the history keeps no more than is needed to tell two of them apart.
MASKS: Mapping[str, Callable[[str], str]] = {
    "resident_id": masking.mask_resident_id,
    "address": masking.mask_address,
    "phone": masking.mask_phone,
    "email": masking.mask_email,
}


def put_right(acting: Acting, dispute: Mediation | Adjudication, answers: Answers) -> list[Change]:
    """Change the request where ``answers`` say so; return each change: of whom, what, as it was, as it is."""
    changes = list(_what_is_asked(dispute, answers))
    left: list[Organization] = []  # the rows that nobody stands for afterwards
    for place, entry in enumerate(answers.get("parties") or []):
        changes += _party(acting, place, entry, left)
    changes += respondents.drop(acting, answers.get("dropped") or [], left)
    changes += respondents.add(acting, answers.get("added") or [])
    named = acting.case.parties
    if not parties.respondents(acting):
        raise RuleBroken("至少要有一名被请求人", field="dropped")
    refuse_named_twice([p.organization for p in named], [p.name for p in named], field="parties")
    if changes:
        naming.name_case(acting.case)
        acting.case.subject = subject_of(dispute.right_type, dispute.right_number)
        acting.session.flush()  # nobody stands for the rows below any more
        _forget(acting, left)
    return changes


def _what_is_asked(dispute: Mediation | Adjudication, answers: Answers) -> Iterator[Change]:
    for name, label in RIGHT.items():
        was, now = getattr(dispute, name, None), answers.get(name)
        if now and now != was:
            setattr(dispute, name, now)
            yield "", label, was or "", now
    if (requests := list(answers.get("requests") or [])) and requests != dispute.requests:
        yield "", "请求事项", "；".join(dispute.requests), "；".join(requests)
        dispute.requests = requests
    amount = answered.money(answers.get("amount_claimed"))
    if isinstance(dispute, Mediation) and amount is not None and amount != dispute.amount_claimed:
        yield "", "请求金额", str(dispute.amount_claimed or ""), str(amount)
        dispute.amount_claimed = amount
    if answers.get("facts") and answers["facts"] != dispute.facts:
        dispute.facts = answers["facts"]
        yield "", "事实和理由", "", ""


def _party(acting: Acting, place: int, entry: Mapping[str, Any], left: list[Organization]) -> list[Change]:
    """Put right who a party is. ``left`` gathers the rows that nobody stands for afterwards."""
    party = parties.party_in(acting, entry["party"])
    if acting.by is None or not may_be_put_right(acting.by, party):
        raise NotAllowed("您不能更正这一当事人的信息")
    organization = party.organization
    told = {name: entry[name] for name in PARTY if entry.get(name)}
    changed = {name: now for name, now in told.items() if now != _was(party, name)}
    individual = organization.kind == "individual"
    theirs = NUMBERS_OF.get(organization.kind, {"uscc"})
    if not_theirs := sorted(changed.keys() & NUMBERS - theirs):
        raise RuleBroken(
            "自然人填写居民身份证号，境外单位填写国家或者地区和登记号码，其他单位填写统一社会信用代码",
            field=f"parties-{place}-{not_theirs[0]}",
        )
    whom = f"{PartyRole(party.role).label} {party.name}"
    changes = [
        (whom, PARTY[n], _told(n, _was(party, n), individual), _told(n, now, individual)) for n, now in changed.items()
    ]
    if party.stated is not None:
        party.stated = {**party.stated, **{name: now for name, now in changed.items() if name in STATED}}
    renumbered = {n: changed.get(n) or getattr(organization, n) for n in theirs} if changed.keys() & theirs else {}
    known = known_by_number(acting.session, renumbered)
    alone = not party.called and respondents.named_here_only(acting, party)
    if known is None and alone:
        _rewrite(organization, changed)
    elif changed.keys() & IDENTITY:
        if party.own_words and not changed.keys() & NUMBERS:
            raise RuleBroken("“%(name)s”与证件号码不一致，请核对", field=f"parties-{place}-name", name=changed["name"])
        entry = _anew(party, changed)
        party.organization = organization_named(acting, entry)
        party.stated = stated_of(party.organization, entry)
        left += [organization] if alone and party.organization is not organization else []
    return changes


def _was(party: Party, name: str) -> str:
    if name == "name":
        return party.name
    return party.told(name) if name in STATED else getattr(party.organization, name) or ""


def _told(name: str, value: str, individual: bool) -> str:
    return MASKS[name](value) if value and individual and name in MASKS else value


def _rewrite(organization: Organization, changed: Mapping[str, str]) -> None:
    for name, now in changed.items():
        setattr(organization, name, now)
    if "resident_id" in changed:
        organization.resident_index = blind_index(changed["resident_id"])


def _anew(party: Party, changed: Mapping[str, str]) -> dict[str, Any]:
    """Return the party as the correction names it: with what the request stated, and nothing of what is on file."""
    numbers = {name: getattr(party.organization, name) for name in sorted(NUMBERS)}
    return {"kind": party.organization.kind, **numbers, **(party.stated or {}), "name": party.name, **changed}


def _forget(acting: Acting, organizations: Iterable[Organization]) -> None:
    """Take away rows that only a mistake had made, so that nobody who signs up finds themselves under a wrong name."""
    for organization in organizations:
        if not acting.session.scalar(select(exists().where(Task.organization_id == organization.id))):
            acting.session.delete(organization)
