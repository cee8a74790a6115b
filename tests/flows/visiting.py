"""The office with those who keep the roster and visit its members, and visits at each stage of their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from app.domain.roles import Role
from app.domain.roster.visits import CURRENT
from app.models import Organization, OrgUnit, RosterMember, User, Visit, VisitPlan, db
from app.queries import roster
from app.services.changing import changing
from app.services.roster import keeping, visit_plan
from app.services.roster.keeping import Admitted
from tests.flows.office import Case, Office, Person, account, build

DAY = timedelta(days=1)


@dataclass
class VisitOffice(Office):
    """The office with who keeps the roster, two liaisons, a district and its officer; the company is a member."""

    district: OrgUnit
    keeper: Person
    liaison: Person
    other: Person
    officer: Person

    def user(self, person: Person) -> User:
        return db.session.get_one(User, person.id)

    def lets_in(self, *units: Organization, liaison: Person | None = None) -> list[int]:
        """Let units onto the roster, each with its liaison; return their ids as members."""
        db.session.rollback()
        with changing(db.session):
            district = db.session.get_one(OrgUnit, self.district.id)
            admitted = [Admitted(db.session.get_one(Organization, one.id), district, "robots") for one in units]
            keeping.decide(db.session(), admitted=admitted, reason="年度评选", by=self.user(self.director))
        found = {one.organization_id: one for one in roster.members(db.session(), clock.today())}
        with changing(db.session):
            for one in units:
                keeping.appoint_liaison(
                    db.session(), found[one.id], self.user(liaison or self.liaison), by=self.user(self.keeper)
                )
        ids = [found[one.id].id for one in units]
        db.session.rollback()
        return ids

    def unit_named(self, name: str) -> Organization:
        """Return another unit."""
        db.session.rollback()
        unit = Organization(name=name, created_at=clock.now(), verified=True)
        db.session.add(unit)
        db.session.commit()
        return unit

    def member(self) -> int:
        """Return the membership of the company, which is let in where it is not."""
        found = [m for m in roster.members(db.session(), clock.today()) if m.organization_id == self.requesting.id]
        ids = [m.id for m in found]
        db.session.rollback()
        return ids[0] if ids else self.lets_in(self.requesting)[0]

    def begins(self, expects: int = 201, by: Person | None = None, **changes: Any) -> Any:
        """Set a visit to the company by the form; return the case, or the problem where one is expected."""
        answers = {"member": self.member(), "year": clock.today().year, "by_day": self.day(60), **changes}
        answer = (by or self.keeper).does("/cases", {"process": "visit", "answers": answers}, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    @staticmethod
    def day(later: int) -> str:
        """Return a day some days from now."""
        return (clock.today() + later * DAY).isoformat()

    def fixed(self, later: int = 20) -> Case:
        """Return a visit whose day is fixed."""
        case: Case = self.begins()
        answers = {"who": "罗怡（直联专员）", "subjects": ["政策意见", "专利导航"], "remark": "上午去"}
        self.liaison.answers(case, "fix_visit", on=self.day(later), **answers)
        return case

    @staticmethod
    def scores(points: int = 4) -> list[dict[str, Any]]:
        """Return points for everything that is asked."""
        return [{"question": one.key, "points": points} for one in CURRENT.scored]

    def answered(self, points: int = 4) -> Case:
        """Return a visit whose questionnaire the company has answered."""
        case = self.fixed()
        words = [{"question": "opinions", "words": "政策推送很及时"}]
        self.requester.answers(case, "visit_questionnaire", scores=self.scores(points), words=words)
        return case

    def record(self, *problems: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """Return the record of a visit that was held today."""
        good = {
            "held_on": clock.today().isoformat(),
            "took_part": "罗怡；何志强",
            "summary": "听取了对培优政策的意见。",
            "minutes": "对拨付进度不满",
            "problems": list(problems),
            "remark": "请区局跟进",
        }
        return {**good, **changes}

    def problem(self, what: str = "缺少海外布局指导", later: int = 30, owner: str = "liaison") -> dict[str, Any]:
        """Return a problem that is to be solved by a day."""
        return {"what": what, "owner": owner, "due_on": self.day(later)}

    def held(self, *problems: dict[str, Any]) -> Case:
        """Return a visit that was held and found some problems."""
        case = self.answered()
        self.liaison.answers(case, "record_visit", **self.record(*problems))
        return case

    def concludes(self, case: Case, expects: int = 200, **changes: Any) -> Any:
        """Let who keeps the roster conclude the visit."""
        good = {"closing": "conclude", "conclusion": "培优工作正常", "adjusts": False}
        return self.keeper.answers(case, "close_visit", expects, **{**good, **changes})

    def row(self, case: Case) -> Visit:
        """Return what is kept of a visit."""
        db.session.rollback()
        return db.session.get_one(Visit, case.id)

    def plans(self, *members: int, year: int | None = None, **changes: Any) -> list[VisitPlan]:
        """Put members into the plan of this year."""
        db.session.rollback()
        with changing(db.session):
            return visit_plan.draw_up(
                db.session(),
                [db.session.get_one(RosterMember, i) for i in members],
                **{
                    "year": year or clock.today().year,
                    "by_day": date.fromisoformat(self.day(60)),
                    "by": self.user(self.keeper),
                    **changes,
                },
            )


def build_visit_office(app: Flask, session: Session) -> VisitOffice:
    """Enter the office and its people."""
    office = build(app, session)
    district = OrgUnit(
        code="nanhai",
        name="南海区市场监督管理局",
        name_en="Nanhai District Bureau",
        kind="district_bureau",
        region="440605",
        active=True,
    )
    session.add(district)
    unit = session.get_one(OrgUnit, office.unit.id)
    users = {
        "keeper": account("wuxueqin", "吴雪琴", Role.ROSTER_MANAGER, unit),
        "liaison": account("luoyi", "罗怡", Role.LIAISON, unit),
        "other": account("linzhilian", "林直联", Role.LIAISON, unit),
        "officer": account("tannanhai", "谭耀辉", Role.DISTRICT_OFFICER, district),
    }
    session.add_all(users.values())
    session.commit()
    people = {name: Person(office.clerk.client, u.username, u.id, u.name) for name, u in users.items()}
    fields = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    return VisitOffice(**fields, district=district, **people)
