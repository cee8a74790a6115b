"""The office when it decides on an infringement: a panel, a section head, and the stretches of the way to a decision."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.roles import Role
from app.models import Addressee, CaseStaff, Document, Evidence, OrgUnit, db
from tests.flows.office import Case, Office, Person, account, build

POINTS = ["standing", "respondent", "patent", "claims", "jurisdiction", "no_suit"]
NAMES = ("冯志远", "曾庆怡", "关淑珍", "苏永强", "谭耀辉")


@dataclass
class Tribunal(Office):
    """The office with those who decide: the first of ``judges`` presides over the panel of the first three."""

    section_head: Person
    judges: list[Person]

    @property
    def presiding(self) -> Person:
        """Who presides."""
        return self.judges[0]

    @property
    def panel(self) -> list[Person]:
        """The three who sit."""
        return self.judges[:3]

    def asks(self, expects: int = 201, **changes: Any) -> Any:
        """Let the requester ask for a decision; return the case, or the problem where one is expected."""
        answer = self.requester.does(
            "/cases", {"process": "adjudication", "answers": self.request_for_decision(**changes)}, expects
        )
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def request_for_decision(self, **changes: Any) -> dict[str, Any]:
        """Return the answers of a good request for a decision, with changes."""
        good = {
            "requester_organization": self.requesting.id,
            "respondents": [self.entry(self.responding)],
            "right_type": "utility_model",
            "right_number": "ZL 2023 2 0418812.2",
            "right_name": "电热水壶的壶盖锁扣",
            "right_holder": self.requesting.name,
            "claims": "1、3",
            "standing": "holder",
            "major": False,
            "requests": ["责令停止制造、销售被控产品"],
            "facts": "请求人在展会上发现被请求人制造并销售落入权利要求 1 保护范围的电热水壶，已公证购买。",
            "evidence": [{"title": "公证书", "proves": "销售行为", "pages": 12}],
            "right_files": [self.requester.uploads("专利登记簿副本.pdf")],
            "no_suit": True,
            "e_service": False,
        }
        return {**good, **changes}

    def examines(self, case: Case, expects: int = 200, **changes: Any) -> Any:
        """Let the clerk propose to docket."""
        good = {"check": "docket", "points": POINTS, "summary": "请求人主张被请求人侵权。", "opinion": "符合受理条件。"}
        return self.clerk.answers(case, "examine_request", expects, **{**good, **changes})

    def reviews(self, case: Case, review: str = "agree") -> None:
        """Let the section head agree."""
        self.section_head.answers(case, "review_docketing", review=review, opinion="同意")

    def reviews_measure(self, case: Case, review: str = "agree") -> None:
        """Let the section head say what they think of the measure that is proposed."""
        self.section_head.answers(case, "review_measure", measure_review=review, opinion="确有必要")

    def decides_docketing(self, case: Case, expects: int = 200, **changes: Any) -> Any:
        """Let the director docket the case with the panel."""
        good = {
            "docketing": "docket",
            "opinion": "同意立案",
            "members": [p.id for p in self.panel],
            "presiding": self.presiding.id,
            "recorder": self.second_clerk.id,
        }
        return self.director.answers(case, "decide_docketing", expects, **{**good, **changes})

    def has_docketed(self, **changes: Any) -> Case:
        """Return a case that is docketed, with its panel."""
        case: Case = self.asks(**changes)
        self.examines(case)
        self.reviews(case)
        self.decides_docketing(case)
        return case

    def serves_case(self, case: Case, **record: Any) -> None:
        """Let the clerk serve the request on the respondent today."""
        self.clerk.answers(case, "serve_case", records=[self.record(case, self.responding, **record)])

    def has_served(self, **changes: Any) -> Case:
        """Return a case whose request has reached the respondent today."""
        case = self.has_docketed(**changes)
        self.serves_case(case)
        return case

    def replies(self, case: Case, expects: int = 200, **changes: Any) -> Any:
        """Let the respondent answer."""
        good = {
            "grounds": ["no_infringement"],
            "opinion": "被控产品缺少权利要求 1 的锁扣特征，不落入保护范围。",
            "evidence": [{"title": "产品说明书", "proves": "产品结构", "pages": 4}],
            "files": [self.respondent.uploads("答辩书.pdf")],
        }
        return self.respondent.answers(case, "answer", expects, **{**good, **changes})

    def has_answered(self, **changes: Any) -> Case:
        """Return a case whose answer has been served on the requester: the evidence comes next."""
        case = self.has_served(**changes)
        self.replies(case)
        self.clerk.answers(case, "check_answer", answer="complete")
        self.clerk.answers(case, "serve_answer", records=[self.record(case, self.requesting)])
        return case

    def serves(self, case: Case, kind: str, *, by: Person | None = None, expects: int = 200, **record: Any) -> None:
        """Let the clerk record that the last paper of a kind has reached every party today."""
        case.has_made(kind)
        document = next(d["id"] for d in reversed(self.seen(case)["documents"]) if d["kind"] == kind)
        for party in self.addressees(document):
            today = clock.today().isoformat()
            answers = {
                "document": document,
                "party": party,
                "method": "post",
                "sent_on": today,
                "result": "received",
                "received_on": today,
                **record,
            }
            (by or self.clerk).acts(case, "register_service", expects, **answers)

    def seen(self, case: Case) -> Any:
        """Return the case as the clerk sees it."""
        return case.seen_by(self.clerk)

    def addressees(self, document: int) -> list[int]:
        """Return the ids of the parties that a paper has not reached yet."""
        db.session.rollback()
        rows = db.session.query(Addressee).filter_by(document_id=document, served_on=None)
        found = [a.party_id for a in rows.order_by(Addressee.party_id)]
        db.session.rollback()
        return found

    def evidence(self, case: Case) -> list[int]:
        """Return the ids of the pieces of evidence of a case, in order."""
        db.session.rollback()
        found = [e.id for e in db.session.query(Evidence).filter_by(case_id=case.id).order_by(Evidence.place)]
        db.session.rollback()
        return found

    def seat(self, case: Case, person: Person) -> int:
        """Return the id of the seat that somebody has on the panel."""
        db.session.rollback()
        rows = db.session.query(CaseStaff).filter_by(case_id=case.id, user_id=person.id, until=None)
        found = rows.one().id
        db.session.rollback()
        return int(found)

    def votes(self, case: Case, *votes: str) -> None:
        """Let each member vote, in order of the panel."""
        for person, vote in zip(self.panel, votes or ("infringed",) * 3, strict=True):
            person.answers(case, "deliberate", vote=vote, text="经比对，被控产品具备权利要求 1 的全部技术特征。")


def says(case: Case, kind: str) -> dict[str, Any]:
    """Return the facts behind the last paper of a kind."""
    db.session.rollback()
    rows = select(Document.facts).where(Document.case_id == case.id, Document.kind == kind)
    found = db.session.scalars(rows.order_by(Document.place.desc())).first()
    db.session.rollback()
    assert found is not None
    return found


def build_tribunal(app: Flask, session: Session) -> Tribunal:
    """Enter the office with a section head and five officials who may sit on panels."""
    office = build(app, session)
    unit = session.get_one(OrgUnit, office.unit.id)
    users = [account("section_head", "黎科长", Role.SECTION_HEAD, unit)]
    users += [account(f"judge{n}", name, Role.ADJUDICATOR, unit) for n, name in enumerate(NAMES, start=1)]
    session.add_all(users)
    session.commit()
    head, *judges = [Person(office.clerk.client, u.username, u.id, u.name) for u in users]
    given = {f.name: getattr(office, f.name) for f in fields(office)}
    return Tribunal(**given, section_head=head, judges=judges)
