"""A small office and the people around it, working over the API as programs of theirs would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum.cn import uscc

from app import clock, policy
from app.domain.passwords import hash_password
from app.domain.roles import Role
from app.jobs import documents, run_due
from app.models import DeclaredRelation, Document, Membership, Organization, OrgUnit, Party, Task, User, db
from app.services import serving
from app.services.changing import changing

PASSWORD = "right-Horse-7-battery"
_HASH = hash_password(PASSWORD)
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
SERVES = {
    "serve_request": "statement_notice",
    "serve_agreement": "mediation_agreement",
    "serve_terms": "mediation_agreement",
    "serve_case": "answer_notice",
    "serve_answer": "answer_brief",
    "serve_decision": "adjudication_decision",
    "serve_exhortation": "exhortation_letter",
}
POINTS = ["standing", "respondent", "claims", "jurisdiction", "no_suit"]


@dataclass
class Person:
    """Somebody with an account; ``does`` and ``sees`` go through the API with a token of their own."""

    client: FlaskClient
    username: str
    id: int
    name: str
    token: str = ""
    token_from: datetime | None = None

    def headers(self) -> dict[str, str]:
        """Return what shows who is calling; the token is got the first time, and anew when it has run out."""
        if self.token_from is None or clock.now() - self.token_from > timedelta(hours=11):
            given = {"username": self.username, "password": PASSWORD}
            answer = self.client.post("/api/v1/tokens", json=given)
            db.session.rollback()  # as in ``sees``
            assert answer.status_code == 200, answer.text
            self.token, self.token_from = answer.json["token"], clock.now()
        return {"Authorization": f"Bearer {self.token}"}

    def sees(self, path: str, expects: int = 200) -> Any:
        """Return what the API shows under ``path``."""
        answer = self.client.get(f"/api/v1{path}", headers=self.headers())
        db.session.rollback()  # a request of its own would have ended here; see what others have written since
        assert answer.status_code == expects, f"{answer.status_code}: {answer.text}"
        return answer.json

    def does(self, path: str, content: Any = None, expects: int = 200) -> Any:
        """Post to ``path`` and return the answer."""
        answer = self.client.post(f"/api/v1{path}", json=content, headers=self.headers())
        db.session.rollback()  # as above
        assert answer.status_code == expects, f"{answer.status_code}: {answer.text}"
        return answer.json

    def uploads(self, name: str = "证据.pdf", data: bytes = PDF, expects: int = 201) -> Any:
        """Upload a file and return its id (or the problem)."""
        answer = self.client.post("/api/v1/files", data={"file": (BytesIO(data), name)}, headers=self.headers())
        db.session.rollback()  # as in ``sees``
        assert answer.status_code == expects, f"{answer.status_code}: {answer.text}"
        return answer.json["id"] if expects == 201 else answer.json

    def answers(self, case: Case, key: str, expects: int = 200, **answers: Any) -> Any:
        """Answer the open task ``key`` of a case that is offered to this person; what it serves is made before."""
        task_id = case.task(key, self)
        if key in SERVES:
            case.has_made(SERVES[key])
        return self.does(f"/tasks/{task_id}/complete", {"answers": answers}, expects)

    def acts(self, case: Case, act: str, expects: int = 200, **answers: Any) -> Any:
        """Do an act beside the main line; the job has set a paper before somebody says that it was served."""
        if act == "register_service":
            documents.do(db.session(), answers["document"])
        return self.does(f"/cases/{case.id}/acts/{act}", {"answers": answers}, expects)


@dataclass
class Case:
    """A case that a test works on, seen by whoever is asked."""

    id: int
    number: str
    office: Office

    def seen_by(self, person: Person) -> Any:
        """Return the case as that person sees it."""
        return person.sees(f"/cases/{self.id}")

    def task(self, key: str, person: Person) -> int:
        """Return the id of the open task ``key``: that of the person's own party, where several are asked."""
        db.session.rollback()
        rows = select(Task).where(Task.case_id == self.id, Task.state == "open").order_by(Task.due_sort, Task.id)
        tasks = db.session.scalars(rows).all()
        found = [t for t in tasks if t.key == key]
        assert found, f"no open task {key} for {person.username}: {[t.key for t in tasks]}"
        user = db.session.get_one(User, person.id)
        own = {party.id for party in policy.parties_of(user, found[0].case)}
        chosen = next((t.id for t in found if t.party_id in own), found[0].id)
        db.session.rollback()
        return chosen

    def open_keys(self) -> set[str]:
        """Return the keys of the open tasks, as a clerk sees them."""
        return {t["key"] for t in self.seen_by(self.office.clerk)["tasks"]}

    @property
    def state(self) -> str:
        """Where the case stands."""
        return str(self.seen_by(self.office.clerk)["state"])

    def party(self, name: str) -> int:
        """Return the id of the party with that name."""
        db.session.rollback()
        parties = db.session.scalars(select(Party).where(Party.case_id == self.id)).all()
        found = next(p.id for p in parties if p.name == name)
        db.session.rollback()
        return found

    def due(self, rule: str) -> str:
        """Return when the (last) period under ``rule`` is due."""
        found = [d for d in self.seen_by(self.office.clerk)["deadlines"] if d["rule"] == rule]
        assert found, f"no period {rule}"
        return str(found[-1]["due"])

    def documents(self) -> list[str]:
        """Return the kinds of the papers so far, in order."""
        return [d["kind"] for d in self.seen_by(self.office.clerk)["documents"]]

    def has_made(self, kind: str) -> None:
        """Let the last paper of that kind have its file, in place of the job, which takes its time to set a letter."""
        db.session.rollback()
        rows = select(Document.id).where(Document.case_id == self.id, Document.kind == kind)
        last = db.session.scalars(rows.order_by(Document.place.desc())).first()
        if last is not None:
            with changing(db.session):
                serving.keep_and_serve(db.session(), last, PDF, 1)

    def happened(self) -> list[str]:
        """Return the kinds of events so far, in order."""
        return [e["kind"] for e in self.seen_by(self.office.clerk)["events"]]


@dataclass
class Office:
    """One city bureau with its people, and two companies, each with somebody who acts for it."""

    app: Flask
    session: Session
    unit: OrgUnit
    clerk: Person
    second_clerk: Person
    mediator: Person
    second_mediator: Person
    director: Person
    supervisor: Person
    admin: Person
    requester: Person
    respondent: Person
    stranger: Person
    requesting: Organization
    responding: Organization
    elsewhere: Organization

    def files(self, expects: int = 201, **changes: Any) -> Any:
        """Let the requester file a request; return the case, or the problem where one is expected."""
        answers = self.request(**changes)
        answer = self.requester.does("/cases", {"process": "mediation", "answers": answers}, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def files_on_paper(self) -> Case:
        """Let the clerk enter a request that the requester handed in at the counter."""
        answers = self.request(
            co_requesters=[self.entry(self.requesting)],
            identity_files=[self.clerk.uploads("营业执照.pdf")],
            right_files=[self.clerk.uploads("专利登记簿副本.pdf")],
        )
        del answers["requester_organization"]
        answer = self.clerk.does("/cases", {"process": "mediation", "answers": answers}, 201)
        return Case(answer["id"], answer["number"], self)

    def request(self, **changes: Any) -> dict[str, Any]:
        """Return the answers of a good request against the other company, with changes."""
        good = {
            "right_type": "design",
            "right_number": "ZL 2023 3 0418812.8",
            "right_name": "电热水壶",
            "right_holder": self.requesting.name,
            "standing": "holder",
            "dispute_kind": "infringement",
            "major": False,
            "requests": ["停止销售被控产品", "赔偿经济损失"],
            "amount_claimed": "180000.00",
            "only_damages": False,
            "facts": "请求人在展会上发现被请求人销售与其外观设计相同的电热水壶，已公证购买。",
            "no_suit": True,
            "requester_organization": self.requesting.id,
            "respondents": [self.entry(self.responding)],
            "right_files": [self.requester.uploads("专利登记簿副本.pdf")],
            "e_service": True,
        }
        return {**good, **changes}

    @staticmethod
    def entry(organization: Organization) -> dict[str, Any]:
        """Return how a party is entered in a request."""
        return {
            "kind": "enterprise",
            "name": organization.name,
            "uscc": organization.uscc,
            "legal_representative": "王晨光",
            "address": "广东省佛山市南海区工业大道 8 号",
        }

    def let_pass(self, today: Any, days: int) -> None:
        """Let days pass, doing on each what is due."""
        for _ in range(days):
            today.moves(days=1)
            run_due(db.session(), self.app.config["PEIYOU"])

    @staticmethod
    def adds(*rows: object) -> None:
        """Enter rows that no page enters, as of now."""
        db.session.rollback()
        with changing(db.session):
            db.session.add_all(rows)

    def relates(self, person: Person, organization: Organization) -> None:
        """Let a person have declared a relation to an organisation."""
        about = {"organization_id": organization.id, "nature": "亲属", "declared_at": clock.now()}
        self.adds(DeclaredRelation(user_id=person.id, **about))

    # -- whole stretches of the way, for tests that look at what comes after --

    def accepted(self, **changes: Any) -> Case:
        """Return a case that the clerk has accepted."""
        case = self.files(**changes)
        self.clerk.answers(case, "formality_check", check="accept", points=POINTS)
        return case

    def record(self, case: Case, organization: Organization, **changes: Any) -> dict[str, Any]:
        """Return the record of a service by post, received today."""
        today = clock.today().isoformat()
        good = {
            "party": case.party(organization.name),
            "method": "post",
            "sent_on": today,
            "result": "received",
            "received_on": today,
            "receiver": "前台",
        }
        return {**good, **changes}

    def served(self, **changes: Any) -> Case:
        """Return a case in which the respondent has received the request today."""
        case = self.accepted(**changes)
        self.clerk.answers(case, "serve_request", records=[self.record(case, self.responding)], give_up=False)
        return case

    def consented(self, **changes: Any) -> Case:
        """Return a case in which the respondent consents to mediation."""
        case = self.served(**changes)
        self.respondent.answers(case, "statement", stance="consents", opinion="愿意协商", e_service=True)
        return case

    def docketed(self, **changes: Any) -> Case:
        """Return a case that is docketed and has a mediator."""
        case = self.consented(**changes)
        self.clerk.answers(case, "docket", mediator=self.mediator.id)
        return case

    def in_session(self, **changes: Any) -> Case:
        """Return a case with a session fixed for an hour from now."""
        case = self.docketed(**changes)
        self.schedules(case)
        return case

    def schedules(self, case: Case, by: Person | None = None, expects: int = 200) -> Any:
        """Let the mediator fix a session an hour from now."""
        at = (clock.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)).isoformat()
        return (by or self.mediator).answers(case, "schedule_session", expects, at=at, venue="302 调解室", online=False)

    def holds(self, case: Case, result: str, expects: int = 200, **more: Any) -> Any:
        """Let the mediator record the session when its hour has come."""
        came = {"cancelled": (), "requester_absent": (self.responding,), "respondent_absent": (self.requesting,)}
        attended = [case.party(company.name) for company in came.get(result, (self.requesting, self.responding))]
        clock.set_shift(clock.shift() + timedelta(hours=1))
        answers = {"result": result, "attended": attended, "record": "双方就停止销售和补偿数额充分交换意见。", **more}
        return self.mediator.answers(case, "hold_session", expects, **answers)

    def agreed(self, **changes: Any) -> Case:
        """Return a case whose parties came to an agreement in a session."""
        case = self.in_session(**changes)
        self.holds(case, "agreed")
        return case

    def drafts(self, case: Case, **more: Any) -> None:
        """Let the mediator draft the agreement."""
        answers = {"terms": ["停止销售被控产品", "支付补偿款八万元"], "amount": "80000.00", **more}
        self.mediator.answers(case, "draft_agreement", **answers)

    def confirmed(self, **changes: Any) -> Case:
        """Return a case whose agreement every party has confirmed."""
        case = self.agreed(**changes)
        self.drafts(case, perform_by="2026-04-01")
        for person in (self.requester, self.respondent):
            person.answers(case, "confirm_agreement", answer="confirm", signed_name=person.name)
        return case

    def performing(self, **changes: Any) -> Case:
        """Return a case whose agreement is issued and served."""
        case = self.confirmed(**changes)
        self.director.answers(case, "issue_agreement", issued=True)
        records = [self.record(case, o, method="direct") for o in (self.requesting, self.responding)]
        self.clerk.answers(case, "serve_agreement", records=records)
        return case


def build(app: Flask, session: Session) -> Office:
    """Enter the office and its people."""
    unit = OrgUnit(code="city", name="佛山市市场监督管理局", name_en="Foshan AMR", kind="city_bureau", active=True)
    session.add(unit)
    names = ("顺德美誉电器股份有限公司", "中山市晨光小家电有限公司", "佛山市南海雅居建材厂")
    companies = [organization(n, name) for n, name in enumerate(names)]
    session.add_all(companies)
    session.flush()
    client = app.test_client()
    made: dict[str, User] = {}

    def person(username: str, name: str, role: Role, where: OrgUnit | Organization) -> None:
        made[username] = account(username, name, role, where)
        session.add(made[username])

    person("clerk", "陈慧敏", Role.INTAKE_CLERK, unit)
    person("second_clerk", "梁国强", Role.INTAKE_CLERK, unit)
    person("mediator", "何伟杰", Role.MEDIATOR, unit)
    person("second_mediator", "欧阳菲", Role.MEDIATOR, unit)
    person("director", "林建华", Role.DIRECTOR, unit)
    person("supervisor", "彭少华", Role.SUPERVISOR, unit)
    person("admin", "管理员", Role.ADMIN, unit)
    person("requester", "何云", Role.APPLICANT, companies[0])
    person("respondent", "王晨光", Role.APPLICANT, companies[1])
    person("stranger", "赵雅居", Role.APPLICANT, companies[2])
    session.commit()
    people = {name: Person(client, name, user.id, user.name) for name, user in made.items()}
    return Office(
        app,
        session,
        unit,
        requesting=companies[0],
        responding=companies[1],
        elsewhere=companies[2],
        **people,
    )


def account(username: str, name: str, role: Role, where: OrgUnit | Organization) -> User:
    """Return somebody with an account and one role."""
    now = clock.now()
    user = User(
        username=username,
        name=name,
        password_hash=_HASH,
        email=f"{username}@example.cn",
        password_changed_at=now,
        created_at=now,
    )
    place = {"unit": where} if isinstance(where, OrgUnit) else {"organization": where}
    user.memberships.append(Membership(role=role.value, **place))
    return user


def organization(n: int, name: str) -> Organization:
    """Return a company with a valid code."""
    body = f"91440606MA5{n:06d}"
    return Organization(
        kind="enterprise",
        name=name,
        uscc=body + uscc.calc_check_digit(body),
        phone=f"1392731000{n}",
        verified=True,
        created_at=clock.now(),
    )
