"""A town with two cases and many people who have nothing to do with the first of them."""

from __future__ import annotations

import re
from contextvars import Context
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import clock
from app.domain.roles import Role
from app.models import (
    Agent,
    ApiToken,
    CalendarChange,
    CaseLink,
    Deadline,
    Document,
    Draft,
    Incident,
    MediationSession,
    Membership,
    MessageOutbox,
    Note,
    Organization,
    OrgUnit,
    Publication,
    SavedView,
    StoredFile,
    Substitute,
    Task,
    User,
    db,
)
from tests.flows.office import _HASH, PASSWORD, PDF, POINTS, Case, Office, Person, build, organization

DRAWING = "the-secret-drawing-of-the-kettle"
FACTS = "在展会后台拍到的模具照片显示双方曾有未公开的往来"
NOTE = "被请求人私下表示愿意让步三成"
MISSING = 2_000_000
RECUSE = {"ground": "interest", "reason": "调解员曾为被请求人提供咨询"}


@dataclass
class Town:
    """What a test knows of the town: numbers of what belongs to the first case, and words that only it contains."""

    ids: dict[str, int] = field(default_factory=dict)
    own_case: int = 0
    case_number: str = ""
    secrets: tuple[str, ...] = ()
    organizations: dict[str, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)


# Who must see nothing of the first case, and why.
OUTSIDERS = {
    "other_clerk": "a clerk of another unit",
    "other_director": "the director of another unit",
    "other_supervisor": "the supervisor of a district",
    "other_mediator": "the mediator of the other case",
    "mediator": "the mediator who was recused",
    "admin": "the administrator",
    "stranger": "the requester of the other case",
    "ex_agent": "whose power of attorney has ended",
    "late_deputy": "whose days of standing in are over",
    "early_deputy": "whose days of standing in have not begun",
    "nobody": "somebody without any role",
}


def populate(app: Flask, session: Session) -> Town:
    """Enter the people, work both cases, and return what a test has to know."""
    office = build(app, session)
    district = OrgUnit(
        code="nanhai",
        name="南海区市场监督管理局",
        name_en="Nanhai AMR",
        kind="district_bureau",
        parent=office.unit,
        active=True,
    )
    far = organization(7, "台山市海风渔具有限公司")
    firm = organization(8, "佛山顺正律师事务所")
    session.add_all([district, far, firm])
    session.flush()
    for name, role, where in (
        ("other_clerk", Role.INTAKE_CLERK, district),
        ("other_director", Role.DIRECTOR, district),
        ("other_supervisor", Role.SUPERVISOR, district),
        ("other_mediator", Role.MEDIATOR, office.unit),
        ("late_deputy", Role.INTAKE_CLERK, district),
        ("early_deputy", Role.INTAKE_CLERK, district),
        ("left", Role.INTAKE_CLERK, office.unit),
        ("ex_agent", Role.APPLICANT, firm),
        ("agent", Role.APPLICANT, firm),
        ("nobody", None, None),
    ):
        _enter(session, name, role, where)
    session.commit()
    town = Town()
    case = _first_case(office, session)
    other = office.stranger.does("/cases", {"process": "mediation", "answers": _other_request(office, far)}, 201)
    _second_case(office, session, other["id"])
    town.own_case = other["id"]
    town.users = {u.username: u.id for u in session.scalars(select(User))}
    town.organizations = {"requester": office.requesting.id, "stranger": office.elsewhere.id}
    town.case_number = case.number
    receipt = case.seen_by(office.clerk)["receipt_number"]
    town.secrets = (case.number, receipt, office.requesting.name, office.responding.name, FACTS, NOTE, DRAWING)
    _absences(session, town)
    town.ids = _ids(session, case.id, town)
    return town


def _enter(session: Session, username: str, role: Role | None, where: OrgUnit | Organization | None) -> None:
    now = clock.now()
    user = User(username=username, name=f"旁人{username}", password_hash=_HASH, password_changed_at=now, created_at=now)
    if role:
        place = {"unit": where} if isinstance(where, OrgUnit) else {"organization": where}
        user.memberships.append(Membership(role=role.value, **place))
    session.add(user)


def _first_case(office: Office, session: Session) -> Case:
    """A case with every kind of row: agents past and present, a recused mediator, a remark, an uploaded drawing."""
    drawing = office.requester.uploads("图纸.pdf", PDF.replace(b"trailer", f"%{DRAWING}\ntrailer".encode()))
    case = office.docketed(facts=FACTS, right_files=[drawing])
    agent = {"name": "李代理", "firm": "佛山某律师事务所", "special": False}
    party = case.party(office.requesting.name)
    for username in ("ex_agent", "agent"):
        files = [office.requester.uploads("授权委托书.pdf")]
        office.requester.acts(case, "add_agent", party=party, files=files, username=username, **agent)
    office.requester.acts(case, "recuse", **RECUSE)
    office.director.answers(case, "decide_recusal", decision="upheld", reason="经查属实")
    office.clerk.answers(case, "reappoint", mediator=office.second_mediator.id)
    former = session.scalars(
        select(Agent).join(User, User.id == Agent.user_id).where(User.username == "ex_agent")
    ).one()
    former.until = clock.now()
    session.add(Note(case_id=case.id, by_id=office.clerk.id, at=clock.now(), text=NOTE))
    coming = {"at": clock.now() + timedelta(days=7), "venue": "302 调解室", "mediator_id": office.second_mediator.id}
    session.add(MediationSession(case_id=case.id, place=1, **coming))
    for place, (title, seen_by, party_id) in enumerate(
        (("内部研究意见", "office", None), ("仅供请求人", "party", party))
    ):
        internal = Document(
            case_id=case.id,
            kind="contact_record",
            place=900 + place,
            title=title,
            issued=True,
            seen_by=seen_by,
            party_id=party_id,
            made_on=clock.today(),
            made_at=clock.now(),
        )
        session.add(internal)
    session.commit()
    return case


def _other_request(office: Office, far: Organization) -> dict[str, Any]:
    return office.request(
        right_holder=office.elsewhere.name,
        facts="另一件纠纷的事实和理由，与前一件没有关系。",
        requester_organization=office.elsewhere.id,
        respondents=[office.entry(far)],
        right_files=[office.stranger.uploads("另一份权利证明.pdf")],
    )


def _second_case(office: Office, session: Session, case_id: int) -> None:
    """Bring the other case to a mediator of its own."""
    case = Case(case_id, "", office)
    office.clerk.answers(case, "formality_check", check="accept", points=POINTS)
    far = next(p for p in case.seen_by(office.clerk)["parties"] if p["role"] == "respondent")
    today = clock.today().isoformat()
    record = {
        "party": far["id"],
        "method": "post",
        "sent_on": today,
        "result": "received",
        "received_on": today,
        "receiver": "前台",
    }
    office.clerk.answers(case, "serve_request", records=[record], give_up=False)
    paper = {"files": [office.clerk.uploads("意见陈述书.pdf")], "received_on": today}
    office.clerk.answers(case, "statement", stance="consents", opinion="愿意协商", e_service=True, **paper)
    other = session.scalars(select(User.id).where(User.username == "other_mediator")).one()
    office.clerk.answers(case, "docket", mediator=other)


def _absences(session: Session, town: Town) -> None:
    day, today = timedelta(days=1), clock.today()
    clerk = town.users["clerk"]
    for deputy, first, last in (
        ("late_deputy", today - 9 * day, today - day),
        ("early_deputy", today + day, today + 9 * day),
    ):
        row = Substitute(
            user_id=clerk, deputy_id=town.users[deputy], first=first, last=last, created_at=clock.now(), reason="休假"
        )
        session.add(row)
    session.get_one(User, town.users["left"]).active = False
    session.commit()


def _ids(session: Session, case_id: int, town: Town) -> dict[str, int]:
    """Return the number of one row of every kind that belongs to the first case or to somebody in it."""
    clerk = town.users["clerk"]
    now = clock.now()
    view = SavedView(user_id=clerk, name="我的", query={})
    draft = Draft(user_id=clerk, scope=f"task:{case_id}", answers={"reason": [FACTS]}, saved_at=now)
    incident = Incident(reference="I1", case_id=case_id, at=now, what="act", attempt={"args": []}, error="x")
    change = CalendarChange(at=now, by_id=clerk, days=[], moved=[])
    link = CaseLink(case_id=case_id, other_id=town.own_case, nature="same_right")
    public = Publication(case_id=case_id, sheet={"facts": FACTS}, prepared_by_id=clerk)
    session.add_all([view, draft, incident, change, link, public])
    session.flush()

    def of_case(table: Any) -> int:
        return session.scalars(select(table.id).where(table.case_id == case_id).order_by(table.id.desc())).first() or 0

    requester = town.users["requester"]
    ids = {
        "case_id": case_id,
        "task_id": session.scalars(select(Task.id).where(Task.case_id == case_id, Task.state == "open")).first(),
        "document_id": session.scalars(
            select(Document.id).where(Document.case_id == case_id, Document.file_id.is_not(None))
        ).first(),
        "deadline_id": of_case(Deadline),
        "agent_id": session.scalars(select(Agent.id)).first(),
        "party_id": session.scalars(select(Agent.party_id)).first(),
        "file_id": session.scalars(select(StoredFile.id).where(StoredFile.uploaded_by_id == requester)).first(),
        "message_id": session.scalars(select(MessageOutbox.id).where(MessageOutbox.user_id == requester)).first(),
        "token_id": session.scalars(select(ApiToken.id).where(ApiToken.user_id == clerk)).first(),
        "substitute_id": session.scalars(select(Substitute.id)).first(),
        "link_id": link.id,
        "view_id": view.id,
        "incident_id": incident.id,
        "change_id": change.id,
        "publication_id": public.id,
        "relation_id": 1,
        "user_id": clerk,
        "unit_id": 1,
        "organization_id": town.organizations["requester"],
        "membership_id": 1,
    }
    session.commit()
    missing = [name for name, number in ids.items() if not number]
    assert not missing, missing
    return {name: int(number or 0) for name, number in ids.items()}


class Visitor:
    """Somebody at a browser and with a token; what comes back is not judged here."""

    def __init__(self, app: Flask, username: str) -> None:
        self.username = username
        self.pages = app.test_client()
        self.person = Person(app.test_client(), username, 0, username)
        self._csrf = ""
        if username:
            self.posts("/login", {"username": username, "password": PASSWORD})
            self._csrf = ""

    def _goes(self, method: str, path: str, **more: Any) -> TestResponse:
        db.session.commit()
        answer: TestResponse = Context().run(getattr(self.pages, method), path, **more)
        db.session.rollback()
        return answer

    def csrf(self) -> str:
        """Return the token that forms of this session carry."""
        if not self._csrf:
            page = self._goes("get", "/guides")
            found = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
            assert found, page.text[:500]
            self._csrf = found[1]
        return self._csrf

    def gets(self, path: str) -> TestResponse:
        """Open a page."""
        return self._goes("get", path)

    def posts(self, path: str, data: dict[str, Any] | None = None) -> TestResponse:
        """Send a form with its token."""
        return self._goes("post", path, data={**(data or {}), "csrf_token": self.csrf()})

    def calls(self, method: str, path: str, content: Any = None) -> TestResponse:
        """Call the API with a token of one's own."""
        headers = self.person.headers() if self.username else {}
        db.session.commit()
        answer: TestResponse = Context().run(
            getattr(self.person.client, method.lower()), path, headers=headers, json=content
        )
        db.session.rollback()
        return answer
