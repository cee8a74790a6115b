"""Filing a request: who asks whom, which unit of the office gets it, and the papers that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.disputes import RightType, written_number
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.roles import PartyRole
from app.domain.texts import Text
from app.models import Case, Organization, OrgUnit, Party
from app.models.case import STATED
from app.services import agents, naming, papers, parties
from app.services.acting import Acting, Answers
from app.services.organizations import known_or_entered


def enter_case(acting: Acting, answers: Answers) -> None:
    """Enter the case with its unit, its parties and what it is about, as the request names them."""
    session, case = acting.session, acting.case
    case.unit_id = _unit_id(acting)
    own = _own(acting, answers)
    asking = [*own, *_named(acting, answers, "co_requesters")]
    if not asking:
        raise RuleBroken("请填写请求人", field="co_requesters")
    asked = _named(acting, answers, "respondents")
    entries = [*answers["co_requesters"], *answers["respondents"]]
    refuse_named_twice([*asking, *asked], [o.name for o in own] + [e["name"] for e in entries], field="respondents")
    _add_parties(case, asking, PartyRole.REQUESTER)
    _add_parties(case, asked, PartyRole.RESPONDENT)
    case.parties[0].e_service_consent = bool(answers["e_service"])  # nobody agrees to electronic service for another
    for party in case.parties[: len(own)]:
        party.files_itself = party.own_words = True
    case.parties[0].files_on_paper = not own
    for party, entry in zip(case.parties[len(own) :], entries, strict=True):
        party.stated = stated_of(party.organization, entry)
    naming.name_case(case)
    case.subject = subject_of(answers["right_type"], answers["right_number"])
    session.add(case)
    session.flush()  # parties, papers and events refer to the case by id


def enter_applicant(acting: Acting, organization: Organization, title: Text, subject: str) -> Party:
    """Enter a case of the city bureau with one organisation that asks something of the office, and what it is called."""
    session, case = acting.session, acting.case
    case.unit_id = bureau_id(session)
    own = acting.by is not None and organization.id in acting.by.organization_ids
    case.parties.append(
        Party(
            organization=organization,
            role=PartyRole.APPLICANT.value,
            place=1,
            sees=True,
            files_itself=own,
            own_words=own,
            e_service_consent=True,
        )
    )
    case.title, case.title_en = title.zh, title.en
    case.party_names, case.subject = organization.name, subject
    session.add(case)
    session.flush()  # what follows refers to the case by id
    return case.parties[0]


def own_organization(acting: Acting, organization_id: int) -> Organization:
    """Return the organisation that somebody files for. Raises ``NotAllowed`` for another's."""
    if acting.by is None or organization_id not in acting.by.organization_ids:
        raise NotAllowed("您不能代表这家单位申报")
    return acting.session.get_one(Organization, organization_id)


def subject_of(right_type: str, number: str) -> str:
    """Return what a case is about in a few words: the kind of right and its number."""
    right = RightType(right_type)
    return f"{right.label} {written_number(right, number)}".strip()


def _unit_id(acting: Acting) -> int:
    """Return where the request is taken in: the clerk's own unit at the counter, the city bureau online."""
    if acting.by is not None and acting.by.is_official:
        return min(acting.by.unit_ids)
    return bureau_id(acting.session)


def bureau_id(session: Session) -> int:
    """Return the id of the city bureau."""
    bureau = select(OrgUnit.id).where(OrgUnit.kind == "city_bureau", OrgUnit.active).order_by(OrgUnit.id).limit(1)
    found = session.scalar(bureau)
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


# Which lists of files a request brings, and as which papers the case keeps them.
FILES = {"identity_files": "identity_proof", "right_files": "right_proof", "decision_files": "infringement_decision"}


def all_files(answers: Answers) -> list[int]:
    """Return the ids of all files that came with the request."""
    lists = [answers.get(k) or [] for k in (*FILES, "report_files")]
    lists += [e.get("files") or [] for k in ("evidence", "agents") for e in answers.get(k) or []]
    return [i for files in lists for i in files]


def hand_in(acting: Acting, answers: Answers) -> None:
    """Enter the agents of the first requester, and its papers; who it is stays between it and the office."""
    party = parties.requesters(acting)[0]
    agents.add(acting, party, answers.get("agents") or [], rows="agents")
    for name, kind in FILES.items():
        seen_by = "party" if name == "identity_files" else "all"
        papers.receive(acting, kind, answers.get(name) or [], party=party, seen_by=seen_by)
    for entry in answers.get("evidence") or []:
        papers.receive(acting, "evidence", entry.get("files") or [], party=party, title=entry["title"])


def issue_receipts(acting: Acting, answers: Answers) -> None:
    """Issue the list of evidence (D02), where there is any, and the receipt of the request."""
    asking = parties.requesters(acting)
    if answers.get("evidence"):
        papers.issue(acting, "evidence_list", items=evidence_items(answers["evidence"]), submitter=asking[0].name)
    papers.issue(acting, "submission_receipt", to=asking, receipt_number=acting.case.receipt_number)


def evidence_items(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the numbered lines of the evidence list (D02)."""
    return [
        {"n": n, "title": e["title"], "proves": e.get("proves") or "", "pages": e.get("pages") or ""}
        for n, e in enumerate(entries, start=1)
    ]
