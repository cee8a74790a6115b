"""Filing the request: who asks whom, about which right, and which unit of the office gets it (order 81, arts. 63-64)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app import clock
from app.domain import naming
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import AgentAdded, RequestFiled
from app.domain.mediation import RightType
from app.domain.roles import PartyRole
from app.models import Agent, Case, Mediation, Organization, OrgUnit, Party, User
from app.models.types import blind_index
from app.services import papers
from app.services.acting import Acting, Answers, Data, start
from app.services.mediation import facts


@start("mediation")
def file_request(acting: Acting, answers: Answers) -> Data:
    """Enter the request, its parties and its papers; return what the decision table on competence looks at."""
    session, case = acting.session, acting.case
    case.unit = _unit(acting)
    requesters = [*_own(acting, answers), *(_organization(acting, e) for e in answers["co_requesters"])]
    if not requesters:
        raise RuleBroken("请填写请求人", field="co_requesters")
    respondents = [_organization(acting, e) for e in answers["respondents"]]
    _refuse_same_on_both_sides(requesters, respondents)
    _add_parties(case, requesters, PartyRole.REQUESTER, bool(answers["e_service"]))
    _add_parties(case, respondents, PartyRole.RESPONDENT, False)
    right = RightType(answers["right_type"])
    _name(case, [o.name for o in requesters], [o.name for o in respondents])
    case.subject = f"{right.label} {answers['right_number']}".strip()
    session.add(case)
    session.flush()  # parties, papers and events refer to the case by id
    session.add(
        Mediation(
            case_id=case.id,
            right_type=right.value,
            right_number=answers["right_number"],
            right_name=answers["right_name"],
            right_holder=answers["right_holder"],
            requester_standing=answers["standing"],
            dispute_kind=answers["dispute_kind"],
            major=bool(answers["major"]),
            requests=list(answers["requests"]),
            amount_claimed=facts.money(answers.get("amount_claimed")),
            facts=answers["facts"],
            no_suit_declared=bool(answers["no_suit"]),
        )
    )
    acting.milestone("request_received", case.received_on)
    acting.record(RequestFiled(files=len(_all_files(answers))))
    _papers(acting, answers)
    return {
        "right_type": right.value,
        "dispute_kind": answers["dispute_kind"],
        "major": bool(answers["major"]),
        "competence": None,
        "authority": None,
    }


def _unit(acting: Acting) -> OrgUnit:
    """Return where the request is taken in: the clerk's own unit at the counter, the city bureau online."""
    if acting.by is not None and acting.by.unit_ids:
        return acting.session.get_one(OrgUnit, min(acting.by.unit_ids))
    return (
        acting.session.scalars(
            select(OrgUnit).where(OrgUnit.kind == "city_bureau", OrgUnit.active).order_by(OrgUnit.id)
        ).first()
        or _no_unit()
    )


def _no_unit() -> OrgUnit:
    raise RuleBroken("本局尚未设置受理单位，请联系管理员")


def _own(acting: Acting, answers: Answers) -> list[Organization]:
    organization_id = answers.get("requester_organization")
    if not organization_id:
        return []
    if acting.by is None or organization_id not in acting.by.organization_ids:
        raise NotAllowed("您不能代表这家单位提出请求")
    return [acting.session.get_one(Organization, organization_id)]


def _organization(acting: Acting, entry: Mapping[str, Any]) -> Organization:
    """Return the organisation meant by ``entry``: the known one with that code or number, else a new one.

    What is already on file about a known organisation is never overwritten by what somebody else says of it.
    """
    session = acting.session
    index = blind_index(entry["resident_id"]) if entry.get("resident_id") else None
    known = None
    if entry.get("uscc"):
        known = session.scalar(select(Organization).where(Organization.uscc == entry["uscc"]))
    elif index:
        known = session.scalar(select(Organization).where(Organization.resident_index == index))
    if known is not None:
        if known.name != entry["name"]:
            raise RuleBroken("“%(name)s”与证件号码不一致，请核对", field="respondents", name=entry["name"])
        return known
    organization = Organization(
        kind=entry["kind"],
        name=entry["name"],
        uscc=entry.get("uscc") or None,
        resident_id=entry.get("resident_id") or None,
        resident_index=index,
        legal_representative=entry.get("legal_representative") or "",
        address=entry.get("address") or "",
        postcode=entry.get("postcode") or "",
        phone=entry.get("phone") or None,
        email=entry.get("email") or "",
        region=(entry.get("uscc") or "")[2:8],
        created_at=clock.now(),
    )
    session.add(organization)
    session.flush()  # the same organisation may be named again in this request
    return organization


def _refuse_same_on_both_sides(requesters: list[Organization], respondents: list[Organization]) -> None:
    everybody = [*requesters, *respondents]
    for place, organization in enumerate(everybody):
        if organization in everybody[:place]:
            raise RuleBroken("%(name)s 被填写了两次", field="respondents", name=organization.name)


def _add_parties(case: Case, organizations: list[Organization], role: PartyRole, e_service: bool) -> None:
    for organization in organizations:
        case.parties.append(
            Party(
                organization=organization,
                role=role.value,
                place=len(case.parties) + 1,
                e_service_consent=e_service,
                sees=role == PartyRole.REQUESTER and not case.parties,
            )
        )


def _name(case: Case, requesters: list[str], respondents: list[str]) -> None:
    case.title = naming.title(requesters, respondents)
    case.title_en = naming.title_en(requesters, respondents)
    case.party_names = " ".join([*requesters, *respondents])


def _all_files(answers: Answers) -> list[int]:
    lists = [answers.get(k) or [] for k in ("identity_files", "right_files", "decision_files")]
    lists += [e.get("files") or [] for k in ("evidence", "agents") for e in answers.get(k) or []]
    return [i for files in lists for i in files]


def _papers(acting: Acting, answers: Answers) -> None:
    party = facts.requesters(acting)[0]
    add_agents(acting, party, answers.get("agents") or [])
    papers.receive(acting, "identity_proof", answers.get("identity_files") or [], party=party, seen_by="party")
    papers.receive(acting, "right_proof", answers.get("right_files") or [], party=party)
    papers.receive(acting, "infringement_decision", answers.get("decision_files") or [], party=party)
    for entry in answers.get("evidence") or []:
        papers.receive(acting, "evidence", entry.get("files") or [], party=party, title=entry["title"])
    statement = {
        "requests": list(answers["requests"]),
        "reasons": answers["facts"],
        "amount": str(facts.money(answers.get("amount_claimed")) or ""),
    }
    papers.issue(acting, "mediation_request", **statement)
    acting.session.flush()  # the next paper's place counts this one
    if answers.get("evidence"):
        papers.issue(
            acting, "evidence_list", items=evidence_items(answers["evidence"]), submitter=party.organization.name
        )
        acting.session.flush()  # the next paper's place counts this one
    papers.issue(acting, "submission_receipt", to=facts.requesters(acting), receipt_number=acting.case.receipt_number)


def evidence_items(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the numbered lines of the evidence list (D02)."""
    return [
        {"n": n, "title": e["title"], "proves": e.get("proves") or "", "pages": e.get("pages") or ""}
        for n, e in enumerate(entries, start=1)
    ]


def add_agents(acting: Acting, party: Party, entries: list[dict[str, Any]]) -> None:
    """Enter the agents of ``party``, each with the power of attorney (D03) that says how far it goes."""
    for entry in entries:
        documents = papers.receive(acting, "power_of_attorney", entry.get("files") or [], party=party)
        user = None
        if entry.get("username"):
            user = acting.session.scalar(select(User).where(User.username == entry["username"], User.active))
            if user is None or not user.organization_ids:
                # one answer for all: who has an account here, and who works here, is nobody's business
                raise RuleBroken("不能以用户 %(name)s 为代理人，请核对用户名", field="username", name=entry["username"])
            _refuse_other_side(acting, party, user)
        party.agents.append(
            Agent(
                user_id=user.id if user else None,
                name=entry["name"],
                firm=entry.get("firm") or "",
                special=bool(entry["special"]),
                file_id=documents[0].file_id if documents else None,
                since=clock.now(),
            )
        )
        acting.record(AgentAdded(party=party.organization.name, agent=entry["name"], special=bool(entry["special"])))


def _refuse_other_side(acting: Acting, party: Party, user: User) -> None:
    """An agent acts for one side of a case only, and never while deciding or mediating in it."""
    for other in acting.case.parties:
        same_side = other.role == party.role
        acts_there = other.organization_id in user.organization_ids or any(
            a.user_id == user.id and a.until is None for a in other.agents
        )
        if acts_there and not same_side:
            raise RuleBroken("%(name)s 已代表对方当事人", field="username", name=user.name)
    if any(s.user_id == user.id for s in acting.case.staff):
        raise RuleBroken("%(name)s 是本案的办理人员", field="username", name=user.name)
