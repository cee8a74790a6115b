"""The office with those who keep the roster, and nominations at each stage of their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.notices import ObjectionState, Subject
from app.domain.roles import Role
from app.domain.roster.batches import BatchKind, Terms
from app.domain.roster.shortlist import Quota
from app.jobs import run_due
from app.models import (
    CaseStaff,
    Nomination,
    Notice,
    Objection,
    Organization,
    OrgUnit,
    RosterBatch,
    RosterMember,
    RosterReview,
    Task,
    User,
    db,
)
from app.queries import roster
from app.queries.roster_batches import criteria_of
from app.services import objections
from app.services.changing import changing
from app.services.roster import announcing, batches
from tests.flows.office import Case, Office, Person, account, build

TERMS = Terms(
    kind=BatchKind.INTAKE,
    title="2026 年度培优名录",
    opens_on=date(2026, 3, 2),
    closes_on=date(2026, 3, 31),
    quota=Quota(2),
)


@dataclass
class RosterOffice(Office):
    """The office with who keeps the roster, two liaisons, five evaluators, and two districts."""

    keeper: Person
    liaisons: list[Person]
    evaluators: list[Person]
    districts: list[OrgUnit]

    def user(self, person: Person) -> User:
        return db.session.get_one(User, person.id)

    @property
    def companies(self) -> list[tuple[Person, Organization]]:
        """Those who can nominate themselves, each with who acts for them."""
        return [
            (self.requester, self.requesting),
            (self.respondent, self.responding),
            (self.stranger, self.elsewhere),
        ]

    def batch(self, **changes: Any) -> RosterBatch:
        """Return a batch that is open today: drawn up by who keeps the roster, published by the director."""
        db.session.rollback()
        terms = replace(TERMS, **changes)
        with changing(db.session):
            made = batches.begin(db.session(), terms, by=self.user(self.keeper))
        with changing(db.session):
            batches.propose(db.session(), made, by=self.user(self.keeper))
        with changing(db.session):
            announcing.publish(db.session(), made, by=self.user(self.director))
        return made

    def nomination(self, batch: RosterBatch, person: Person, unit: Organization, **changes: Any) -> dict[str, Any]:
        """Return the answers of a good nomination, with changes."""
        good = {
            "batch": batch.id,
            "organization": unit.id,
            "district": self.districts[0].id,
            "industry": "appliances",
            "inventions": 12,
            "other_patents": 80,
            "trademarks": 25,
            "standards": 2,
            "staff": 3,
            "revenue": "250000000.00",
            "achievements": "建立了知识产权管理制度，专利转化成效明显。",
            "plan": "三年内发明专利翻一番，需要专利导航服务。",
            "files": [person.uploads("专利清单.pdf")],
            "truth": True,
        }
        return {**good, **changes}

    def nominates(self, batch: RosterBatch, which: int = 0, expects: int = 201, **changes: Any) -> Any:
        """Let a company nominate itself; return the case, or the problem where one is expected."""
        person, unit = self.companies[which]
        answers = self.nomination(batch, person, unit, **changes)
        answer = person.does("/cases", {"process": "roster_intake", "answers": answers}, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def accepted(self, batch: RosterBatch, which: int = 0, **changes: Any) -> Case:
        """Return a nomination whose evaluators have been drawn."""
        case: Case = self.nominates(batch, which, **changes)
        self.keeper.answers(case, "nomination_formality", check="accept")
        return case

    def drawn(self, case: Case) -> list[Person]:
        """Return who has been drawn and has not scored yet, in order."""
        db.session.rollback()
        rows = select(Task.assignee_id).where(Task.case_id == case.id, Task.key == "evaluate", Task.state == "open")
        ids = list(db.session.scalars(rows.order_by(Task.id)))
        db.session.rollback()
        return [next(p for p in self.evaluators if p.id == i) for i in ids]

    def sheet(self, case: Case, points: int, **changes: int) -> list[dict[str, Any]]:
        """Return a sheet with the same points for every indicator but for the changes."""
        criteria = criteria_of(db.session.get_one(Nomination, case.id).batch)
        db.session.rollback()
        assert criteria is not None
        return [{"indicator": one.key, "points": changes.get(one.key, points)} for one in criteria.indicators]

    def scores(self, case: Case, *points: int) -> None:
        """Let those who were drawn score it, each alike for every indicator."""
        for person, own in zip(self.drawn(case), points, strict=True):
            person.answers(case, "evaluate", points=self.sheet(case, own), text="符合入库标准", free=True)

    def scored(self, batch: RosterBatch, which: int = 0, points: Sequence[int] = (80, 85, 90), **changes: Any) -> Case:
        """Return a nomination that waits for the shortlist."""
        case = self.accepted(batch, which, **changes)
        self.scores(case, *points)
        return case

    def closes(self, batch: RosterBatch) -> None:
        """Let the window of a batch be over."""
        db.session.rollback()
        days = (db.session.get_one(RosterBatch, batch.id).closes_on - clock.today()).days + 1
        db.session.rollback()
        clock.set_shift(clock.shift() + timedelta(days=max(days, 0)))

    def announces(self, batch: RosterBatch, by: Person | None = None) -> None:
        """Let the shortlist be decided and announced."""
        db.session.rollback()
        with changing(db.session):
            row = db.session.get_one(RosterBatch, batch.id)
            announcing.announce(db.session(), row, by=self.user(by or self.keeper))

    def notice(self, batch: RosterBatch) -> Notice:
        """Return the last notice about a batch."""
        db.session.rollback()
        about = (Notice.subject == Subject.ROSTER_BATCH, Notice.subject_id == batch.id)
        return db.session.scalars(select(Notice).where(*about).order_by(Notice.id.desc())).first()  # type: ignore[return-value]

    def upholds(self, objection_id: int) -> None:
        """Let an objection be accepted by who keeps the roster and upheld by the director."""
        with changing(db.session):
            row = db.session.get_one(Objection, objection_id)
            objections.accept(db.session(), row, by=self.user(self.keeper))
        with changing(db.session):
            row = db.session.get_one(Objection, objection_id)
            objections.decide(
                db.session(), row, ObjectionState.UPHELD, answer="填报的数字不实", by=self.user(self.director)
            )

    def notice_ends(self, batch: RosterBatch) -> None:
        """Let the notice of a batch be over: its days pass, and the clock closes it."""
        db.session.rollback()
        last = db.session.get_one(RosterBatch, batch.id).last_day
        assert last is not None
        db.session.rollback()
        clock.set_shift(clock.shift() + timedelta(days=(last - clock.today()).days + 1))
        run_due(db.session(), self.app.config["PEIYOU"])

    def concludes(self, batch: RosterBatch, by: Person | None = None) -> None:
        """Let the director let the units in."""
        db.session.rollback()
        with changing(db.session):
            row = db.session.get_one(RosterBatch, batch.id)
            announcing.conclude(db.session(), row, by=self.user(by or self.director))

    def takes_out(self, batch: RosterBatch, case: Case, reason: str) -> None:
        """Let a unit be taken off the shortlist."""
        db.session.rollback()
        with changing(db.session):
            row = db.session.get_one(RosterBatch, batch.id)
            announcing.take_out(db.session(), row, case.id, reason=reason, by=self.user(self.keeper))

    # -- the yearly review --

    def reviews(self, **changes: Any) -> RosterBatch:
        """Return a batch of reviews that is published today: every member is asked for its report."""
        start = clock.today()
        review = {"kind": BatchKind.REVIEW, "title": "2026 年度复核", "quota": Quota(0), "opens_on": start}
        return self.batch(**{**review, "closes_on": start + timedelta(days=60), **changes})

    def review_of(self, member: RosterMember) -> Case:
        """Return the last review of a member."""
        db.session.rollback()
        rows = select(RosterReview).where(RosterReview.member_id == member.id).order_by(RosterReview.case_id.desc())
        row = db.session.scalars(rows).first()
        assert row is not None
        return Case(row.case_id, row.case.number, self)

    def report(self, **changes: Any) -> dict[str, Any]:
        """Return what a unit reports of its year."""
        good = {
            "inventions": 15,
            "other_patents": 90,
            "trademarks": 26,
            "standards": 2,
            "staff": 4,
            "revenue": "260000000.00",
            "achievements": "一年来新增发明专利三件，完成贯标。",
        }
        return {**good, **changes}

    def liaison(self, case: Case) -> Person:
        """Return the liaison who has a seat in a case."""
        db.session.rollback()
        held = select(CaseStaff.user_id).where(CaseStaff.case_id == case.id, CaseStaff.role == Role.LIAISON)
        found = db.session.scalars(held).one()
        db.session.rollback()
        return next(p for p in self.liaisons if p.id == found)

    def checked(self, case: Case, which: int = 0) -> None:
        """Let the unit report its year and the liaison check it."""
        self.companies[which][0].answers(case, "self_report", **self.report())
        self.liaison(case).answers(case, "check_facts", found="核实无误，没有失信和非正常申请")

    def assessed(self, case: Case, outcome: str, which: int = 0, **more: Any) -> None:
        """Let a member be assessed, and the director agree."""
        self.checked(case, which)
        self.keeper.answers(case, "assess_member", outcome=outcome, reason="对照标准评定", **more)
        self.director.answers(case, "approve_assessment", approval="agree")

    def admitted(self, *which: int) -> list[RosterMember]:
        """Return these companies as members of the roster."""
        batch = self.batch(quota=Quota(len(which)))
        for one in which:
            self.scored(batch, one)
        self.closes(batch)
        self.announces(batch)
        self.notice_ends(batch)
        self.concludes(batch)
        return roster.members(db.session(), clock.today())


def build_roster_office(app: Flask, session: Session) -> RosterOffice:
    """Enter the office and its people."""
    office = build(app, session)
    districts = [
        OrgUnit(code=code, name=name, name_en=code, kind="district_bureau", region=region, active=True)
        for code, name, region in (
            ("shunde", "顺德区市场监督管理局", "440606"),
            ("nanhai", "南海区市场监督管理局", "440605"),
        )
    ]
    centre = OrgUnit(code="centre", name="佛山市知识产权保护中心", name_en="Centre", kind="third_party", active=True)
    session.add_all((*districts, centre))
    unit = session.get_one(OrgUnit, office.unit.id)
    users = {
        "keeper": account("keeper", "吴雪琴", Role.ROSTER_MANAGER, unit),
        **{f"liaison{n}": account(f"liaison{n}", f"直联{n}", Role.LIAISON, unit) for n in (1, 2)},
        **{f"evaluator{n}": account(f"evaluator{n}", f"评审{n}", Role.EVALUATOR, centre) for n in range(1, 6)},
    }
    session.add_all(users.values())
    session.commit()
    client = office.clerk.client
    people = {name: Person(client, name, user.id, user.name) for name, user in users.items()}
    fields = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    return RosterOffice(
        **fields,
        keeper=people["keeper"],
        liaisons=[people["liaison1"], people["liaison2"]],
        evaluators=[people[f"evaluator{n}"] for n in range(1, 6)],
        districts=districts,
    )
