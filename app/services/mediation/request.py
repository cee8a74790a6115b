"""Filing the request: who asks whom, about which right, and which unit of the office gets it (order 81, arts. 63-64)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.domain.disputes import RightType, written_number
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.events import RequestFiled
from app.domain.roles import PartyRole
from app.models import Case, Document, Mediation, Organization, OrgUnit, Party
from app.models.case import STATED
from app.services import agents, clocks, naming, papers
from app.services.acting import Acting, Answers, Data, start
from app.services.mediation import answered, current, sides
from app.services.organizations import known_or_entered

# What a request says of a party that somebody else names; it stays with the case.


@start("mediation")
def file_request(acting: Acting, answers: Answers) -> Data:
    """Enter the request, its parties and its papers; return what the decision table on competence looks at."""
    session, case = acting.session, acting.case
    case.unit_id = _unit_id(acting)
    own = _own(acting, answers)
    requesters = [*own, *_named(acting, answers, "co_requesters")]
    if not requesters:
        raise RuleBroken("请填写请求人", field="co_requesters")
    respondents = _named(acting, answers, "respondents")
    names = [o.name for o in own] + [e["name"] for e in [*answers["co_requesters"], *answers["respondents"]]]
    refuse_named_twice([*requesters, *respondents], names, field="respondents")
    _add_parties(case, requesters, PartyRole.REQUESTER)
    _add_parties(case, respondents, PartyRole.RESPONDENT)
    case.parties[0].e_service_consent = bool(answers["e_service"])  # nobody agrees to electronic service for another
    for party in case.parties[: len(own)]:
        party.files_itself = party.own_words = True
    case.parties[0].files_on_paper = not own
    for party, entry in zip(
        case.parties[len(own) :], [*answers["co_requesters"], *answers["respondents"]], strict=True
    ):
        party.stated = stated_of(party.organization, entry)
    right = RightType(answers["right_type"])
    naming.name_case(case)
    case.subject = f"{right.label} {written_number(right, answers['right_number'])}".strip()
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
            amount_claimed=answered.money(answers.get("amount_claimed")),
            only_damages=bool(answers.get("only_damages")),
            facts=answers["facts"],
            no_suit_declared=bool(answers["no_suit"]),
        )
    )
    acting.milestone("request_received", case.received_on)
    acting.record(RequestFiled(files=len(_all_files(answers))))
    clocks.start(acting, "mediation.serve")  # runs from receipt, whatever is to be checked first
    _papers(acting, answers)
    return {
        "right_type": right.value,
        "dispute_kind": answers["dispute_kind"],
        "major": bool(answers["major"]),
        "competence": None,
        "authority": None,
    }


def _unit_id(acting: Acting) -> int:
    """Return where the request is taken in: the clerk's own unit at the counter, the city bureau online."""
    if acting.by is not None and acting.by.is_official:
        return min(acting.by.unit_ids)
    bureau = select(OrgUnit.id).where(OrgUnit.kind == "city_bureau", OrgUnit.active).order_by(OrgUnit.id).limit(1)
    found = acting.session.scalar(bureau)
    if found is None:
        raise RuleBroken("本局尚未设置受理单位，请联系管理员")
    return found


def _own(acting: Acting, answers: Answers) -> list[Organization]:
    organization_id = answers.get("requester_organization")
    if not organization_id:
        return []
    if acting.by is None or organization_id not in acting.by.organization_ids:
        raise NotAllowed("您不能代表这家单位提出请求")
    return [acting.session.get_one(Organization, organization_id)]


def _named(acting: Acting, answers: Answers, rows: str) -> list[Organization]:
    return [organization_named(acting, entry) for entry in answers[rows]]


def organization_named(acting: Acting, entry: Mapping[str, Any]) -> Organization:
    """Return the organisation meant by ``entry``: the known one with that code or number, else a new one.

    What is already on file about a known organisation is never overwritten by what somebody else says of it, and
    nobody is told of it: the answer is the same whether a number is on file, and under whichever name.
    """
    organization, _new = known_or_entered(
        acting.session,
        entry,
        kind=entry["kind"],
        name=entry["name"],
        legal_representative=entry.get("legal_representative") or "",
        address=entry.get("address") or "",
        postcode=entry.get("postcode") or "",
        phone=entry.get("phone") or None,
        email=entry.get("email") or "",
    )
    return organization


def stated_of(organization: Organization, entry: Mapping[str, Any]) -> dict[str, str]:
    """Return what ``entry`` states of a party, with its name where another one is on file."""
    stated = {name: entry.get(name) or "" for name in STATED}
    return stated if entry["name"] == organization.name else {**stated, "called": entry["name"]}


def refuse_named_twice(organizations: list[Organization], names: list[str], field: str) -> None:
    """Raise ``RuleBroken`` where the same organisation stands twice among the parties, by the ``names`` given here."""
    for place, organization in enumerate(organizations):
        if organization in organizations[:place]:
            raise RuleBroken("%(name)s 被填写了两次", field=field, name=names[place])


def _add_parties(case: Case, organizations: list[Organization], role: PartyRole) -> None:
    for organization in organizations:
        case.parties.append(
            Party(
                organization=organization,
                role=role.value,
                place=len(case.parties) + 1,
                sees=role == PartyRole.REQUESTER and not case.parties,
            )
        )


def _all_files(answers: Answers) -> list[int]:
    lists = [answers.get(k) or [] for k in ("identity_files", "right_files", "decision_files")]
    lists += [e.get("files") or [] for k in ("evidence", "agents") for e in answers.get(k) or []]
    return [i for files in lists for i in files]


def _papers(acting: Acting, answers: Answers) -> None:
    party = sides.requesters(acting)[0]
    agents.add(acting, party, answers.get("agents") or [], rows="agents")
    papers.receive(acting, "identity_proof", answers.get("identity_files") or [], party=party, seen_by="party")
    papers.receive(acting, "right_proof", answers.get("right_files") or [], party=party)
    papers.receive(acting, "infringement_decision", answers.get("decision_files") or [], party=party)
    for entry in answers.get("evidence") or []:
        papers.receive(acting, "evidence", entry.get("files") or [], party=party, title=entry["title"])
    issue_request(acting)
    if answers.get("evidence"):
        papers.issue(acting, "evidence_list", items=evidence_items(answers["evidence"]), submitter=party.name)
    papers.issue(acting, "submission_receipt", to=sides.requesters(acting), receipt_number=acting.case.receipt_number)


def issue_request(acting: Acting, replaces: Document | None = None) -> None:
    """Issue the request (D42) as it stands now."""
    mediation = current.mediation(acting)
    papers.issue(
        acting,
        "mediation_request",
        replaces=replaces,
        requests=mediation.requests,
        reasons=mediation.facts,
        amount=str(mediation.amount_claimed or ""),
        only_damages=mediation.only_damages,
    )


def evidence_items(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the numbered lines of the evidence list (D02)."""
    return [
        {"n": n, "title": e["title"], "proves": e.get("proves") or "", "pages": e.get("pages") or ""}
        for n, e in enumerate(entries, start=1)
    ]
