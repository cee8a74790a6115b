"""The office that matches projects: who keeps the roster, liaisons, a member and units that are none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from app.domain.roles import Role
from app.domain.roster.projects import Level, ProjectKind, Terms
from app.models import Organization, OrgUnit, Project, ProjectCall, RosterMember, User, db
from app.queries import roster
from app.services import project_calls
from app.services.changing import changing
from app.services.roster import keeping
from app.services.roster.keeping import Admitted
from tests.flows.office import Case, Office, Person, account, build

TERMS = Terms(
    title="2026 年省级高价值专利培育项目",
    level=Level.PROVINCIAL,
    kind=ProjectKind.HIGH_VALUE,
    industries=(),
    conditions="有发明专利二十件以上，近三年没有非正常专利申请。",
    places=None,
    opens_on=date(2026, 3, 2),
    closes_on=date(2026, 6, 30),
    members_only=False,
    link="https://amr.gd.gov.cn/",
)


@dataclass
class MatchingOffice(Office):
    """The office with two who keep the roster, two liaisons and a district; the requester's company is a member."""

    district: OrgUnit
    keeper: Person
    second_keeper: Person
    liaison: Person
    second_liaison: Person
    officer: Person
    evaluator: Person

    def user(self, person: Person) -> User:
        return db.session.get_one(User, person.id)

    def drawn_up(self, **changes: Any) -> ProjectCall:
        """Return a draft of a call that says ``TERMS`` but for the changes."""
        with changing(db.session):
            return project_calls.begin(db.session(), replace(TERMS, **changes), by=self.user(self.liaison))

    def proposed(self, **changes: Any) -> ProjectCall:
        """Return a call that waits to be published."""
        call = self.drawn_up(**changes)
        with changing(db.session):
            project_calls.propose(db.session(), call, by=self.user(self.liaison))
        return call

    def calls(self, **changes: Any) -> ProjectCall:
        """Return a published call."""
        call = self.proposed(**changes)
        with changing(db.session):
            project_calls.publish(db.session(), call, by=self.user(self.keeper))
        return call

    def lets_in(self, organization: Organization, *, industry: str = "robots", liaison: bool = True) -> RosterMember:
        """Let a unit onto the roster, with the first liaison to look after it; return its membership."""
        unit = db.session.get_one(Organization, organization.id)
        with changing(db.session):
            admitted = [Admitted(unit, self.district, industry)]
            keeping.decide(db.session(), admitted=admitted, reason="年度评选", by=self.user(self.director))
        member = roster.membership(db.session(), organization.id, clock.today())
        assert member is not None
        if liaison:
            with changing(db.session):
                keeping.appoint_liaison(db.session(), member, self.user(self.liaison), by=self.user(self.keeper))
        return member

    def project(self, call: ProjectCall, by: Person | None = None, **changes: Any) -> dict[str, Any]:
        """Return the answers of a good project, with changes."""
        person = by or self.requester
        company = self.requesting if person is self.requester else self.responding
        good = {
            "call_number": call.number,
            "organization": company.id,
            "heading": "机器人减速器高价值专利培育",
            "asked": "500000.00",
            "content": "围绕减速器的关键部件布局发明专利二十件。",
            "files": [person.uploads("申报书.pdf")],
            "truth": True,
        }
        return {**good, **changes}

    def starts(self, call: ProjectCall, by: Person | None = None, expects: int = 201, **changes: Any) -> Any:
        """Let a unit file a project; return the case, or the problem where one is expected."""
        answers = self.project(call, by, **changes)
        answer = (by or self.requester).does("/cases", {"process": "project", "answers": answers}, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def guides(self, case: Case, key: str = "guide_green", by: Person | None = None, expects: int = 200) -> Any:
        """Let the liaison say that a project is ready."""
        answers = {"guidance": "ready", "notes": "材料齐全，符合条件"}
        return (by or self.liaison).answers(case, key, expects, **answers)

    def asks_to_revise(self, case: Case, key: str = "guide_green", expects: int = 200) -> Any:
        """Let the liaison ask the unit to revise."""
        answers = {"guidance": "revise", "notes": "请补充检索报告", "items": ["补充检索报告", "写明里程碑"]}
        return self.liaison.answers(case, key, expects, **answers)

    def examines(self, case: Case, examination: str, key: str = "examine_green", expects: int = 200) -> Any:
        """Let the examiner conclude."""
        return self.keeper.answers(case, key, expects, examination=examination, opinion="符合通知的各项条件")

    def recommended(self, call: ProjectCall, **changes: Any) -> Case:
        """Return a member's project that is recommended."""
        case: Case = self.starts(call, **changes)
        self.guides(case)
        self.examines(case, "recommended")
        return case

    def reports(self, case: Case) -> None:
        """Let the liaison report a project."""
        today = clock.today().isoformat()
        self.liaison.answers(case, "report_project", reported_on=today, report_number="佛知函〔2026〕8号")

    def result(self, case: Case, result: str, expects: int = 200, **more: Any) -> Any:
        """Let the liaison register what came of it."""
        answers = {"result": result, "result_on": clock.today().isoformat(), **more}
        return self.liaison.answers(case, "record_result", expects, **answers)

    def row(self, case: Case) -> Project:
        """Return the row of a project as it is now."""
        db.session.rollback()
        return db.session.get_one(Project, case.id)


def build_matching_office(app: Flask, session: Session) -> MatchingOffice:
    """Enter the office and its people."""
    office = build(app, session)
    district = OrgUnit(
        code="shunde",
        name="顺德区市场监督管理局",
        name_en="Shunde District Bureau",
        kind="district_bureau",
        region="440606",
        active=True,
    )
    session.add(district)
    unit = session.get_one(OrgUnit, office.unit.id)
    users = {
        "keeper": account("keeper", "吴雪琴", Role.ROSTER_MANAGER, unit),
        "second_keeper": account("second_keeper", "罗志远", Role.ROSTER_MANAGER, unit),
        "liaison": account("liaison", "林直联", Role.LIAISON, unit),
        "second_liaison": account("second_liaison", "方晓明", Role.LIAISON, unit),
        "officer": account("officer", "叶紫珊", Role.DISTRICT_OFFICER, district),
        "evaluator": account("evaluator", "专家一", Role.EVALUATOR, unit),
    }
    session.add_all(users.values())
    session.commit()
    client = office.clerk.client
    people = {name: Person(client, name, user.id, user.name) for name, user in users.items()}
    fields = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    return MatchingOffice(**fields, district=district, **people)
