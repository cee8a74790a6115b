"""The office with those who are there for the members of the roster, and a company that is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import OrgUnit, RosterMember, User, db
from app.queries import assistance
from app.services.changing import changing
from app.services.roster import keeping
from app.services.roster.keeping import Admitted
from tests.flows.office import Case, Office, Person, account, build

WANTED = "专利质押贷款到期，希望对接续贷的银行，并了解风险补偿政策。"


@dataclass
class LiaisonOffice(Office):
    """The office with whoever keeps the roster and two liaisons; the requester is a member in the care of the first."""

    keeper: Person
    liaison: Person
    second_liaison: Person
    member_id: int

    def asks(self, expects: int = 201, by: Person | None = None, **changes: Any) -> Any:
        """Register a request for help; return the case, or the problem where one is expected."""
        good = {"organization": self.requesting.id, "need": "financing", "wanted": WANTED, "files": []}
        content = {"process": "assistance", "answers": {**good, **changes}}
        answer = (by or self.requester).does("/cases", content, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def assigned(self, **changes: Any) -> Case:
        """Return a request that the liaison has in hand."""
        case: Case = self.asks(**changes)
        self.keeper.answers(case, "assign_assistance", assignment="liaison", liaison=self.liaison.id)
        return case

    def answered(self) -> Case:
        """Return a request that waits to be rated."""
        case = self.assigned()
        self.liaison.answers(case, "handle_assistance", handling="answer", answer="已对接两家银行，下周上门洽谈。")
        return case

    def member(self) -> RosterMember:
        """Return the membership of the company."""
        return db.session.get_one(RosterMember, self.member_id)

    def user(self, person: Person) -> User:
        return db.session.get_one(User, person.id)


def build_liaison_office(app: Flask, session: Session) -> LiaisonOffice:
    """Enter the office, its people, and the company on the roster."""
    office = build(app, session)
    unit = session.get_one(OrgUnit, office.unit.id)
    district = OrgUnit(code="shunde", name="顺德区局", name_en="Shunde", kind="district_bureau", region="440606")
    users = {
        "wuxueqin": account("wuxueqin", "吴雪琴", Role.ROSTER_MANAGER, unit),
        "linzhilian": account("linzhilian", "林直联", Role.LIAISON, unit),
        "fanglianluo": account("fanglianluo", "方联络", Role.LIAISON, unit),
    }
    session.add_all((district, *users.values()))
    session.commit()
    with changing(db.session):
        keeping.decide(
            session,
            admitted=[Admitted(session.merge(office.requesting), district, "materials")],
            reason="2026 年度评选",
            by=session.get_one(User, office.director.id),
        )
    member = assistance.membership_of(session, office.requesting.id)
    assert member is not None
    with changing(db.session):
        keeping.appoint_liaison(session, member, users["linzhilian"], by=users["wuxueqin"])
    people = {name: Person(office.clerk.client, name, one.id, one.name) for name, one in users.items()}
    fields = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    return LiaisonOffice(
        **fields,
        keeper=people["wuxueqin"],
        liaison=people["linzhilian"],
        second_liaison=people["fanglianluo"],
        member_id=member.id,
    )
