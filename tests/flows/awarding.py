"""The office with those who have to do with awards, and applications at each stage of their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.domain.awards.calls import CallMode
from app.domain.awards.schedule import Award
from app.domain.roles import Role
from app.jobs import run_due
from app.models import AwardApplication, AwardBatch, AwardCall, AwardGrant, OrgUnit, PaymentList, Task, User, db
from app.queries import award_batches
from app.queries.award_schedule import read
from app.services import sheets
from app.services.awards import batches, listing, paying
from app.services.changing import changing
from tests.factories import awards as factories
from tests.flows.office import Case, Office, Person, account, build

SCHEDULE = Path(__file__).parents[2] / "workflows" / "schedule" / "awards.dmn"
LINES: dict[str, Award] = {line.id: line for line in read(SCHEDULE.read_text())}
KINDS_OF = {"AW20": "branch", "AW19": "agency", "AW06": "association"}


@dataclass
class AwardOffice(Office):
    """The office with three reviewers, experts, a head of section, finance and the district of the applicants."""

    district: OrgUnit
    reviewers: list[Person]
    experts: list[Person]
    head: Person
    purse: Person
    officer: Person

    def calls(self, *awards: str, **changes: Any) -> AwardCall:
        """Return a call for these awards (all where none is named) that is open today."""
        wanted = {"awards": awards or tuple(LINES), "budget": Decimal(20_000_000), **changes}
        return factories.published(self.reviewers[0].id, self.director.id, **wanted)

    def application(self, call: AwardCall, award: str, **changes: Any) -> dict[str, Any]:
        """Return the answers of a good application, with changes."""
        line = LINES[award]
        good = {
            "applies_for": f"{call.number}:{award}",
            "organization": self.requesting.id,
            "district": self.district.id,
            "things": [{"name": f"{line.name.zh}的事项", "number": f"{award}-2026-001", "on": "2026-01-15"}],
            "papers": [
                {"kind": one.kind.value, "files": [self.requester.uploads(f"{one.kind.label}.pdf")]}
                for one in line.evidence
                if not one.secondary
            ],
            "promised": [one.kind.value for one in line.evidence if one.secondary],
            "account_name": self.requesting.name,
            "bank": "中国银行佛山顺德支行",
            "account": "7550 1234 5678 90",
            "truth": True,
        }
        if line.rate:
            good["base"] = "3000000.00"
        return {**good, **changes}

    def applies(self, call: AwardCall, award: str, expects: int = 201, **changes: Any) -> Any:
        """Let the company apply; return the case, or the problem where one is expected."""
        answers = self.application(call, award, **changes)
        answer = self.requester.does("/cases", {"process": "award_application", "answers": answers}, expects)
        return Case(answer["id"], answer["number"], self) if expects == 201 else answer

    def enough(self, award: str) -> dict[str, Any]:
        """Return what makes an application complete: no paper is promised."""
        papers = [
            {"kind": one.kind.value, "files": [self.requester.uploads(f"{one.kind.label}.pdf")]}
            for one in LINES[award].evidence
        ]
        return {"papers": papers, "promised": []}

    def recommended(self, call: AwardCall, award: str, **changes: Any) -> Case:
        """Return a complete application that is in review."""
        case: Case = self.applies(call, award, **{**self.enough(award), **changes})
        self.accepts(case)
        self.officer.answers(case, "recommend", recommended=True, opinion="登记注册和经营情况属实")
        return case

    def recommended_by_others(self, call: AwardCall) -> Case:
        """Return an application in review that the last of the reviewers has accepted."""
        case: Case = self.applies(call, "AW11", **self.enough("AW11"))
        self.reviewers[-1].answers(case, "award_formality", check="accept")
        self.officer.answers(case, "recommend", recommended=True, opinion="登记注册和经营情况属实")
        return case

    def accepts(self, case: Case) -> None:
        """Let a reviewer accept it."""
        self.reviewers[0].answers(case, "award_formality", check="accept")

    def drawn(self, case: Case, key: str = "review") -> list[Person]:
        """Return who has been drawn for the open step ``key``, in order."""
        db.session.rollback()
        rows = select(Task.assignee_id).where(Task.case_id == case.id, Task.key == key, Task.state == "open")
        ids = list(db.session.scalars(rows.order_by(Task.id)))
        db.session.rollback()
        everybody = {p.id: p for p in (*self.reviewers, *self.experts)}
        return [everybody[i] for i in ids]

    def opinion(self, case: Case, **changes: Any) -> dict[str, Any]:
        """Return a favourable opinion of what was applied for."""
        row = db.session.get_one(AwardApplication, case.id)
        line, items = LINES[row.award], len(row.things)
        good: dict[str, Any] = {"verdict": "support", "text": "材料真实，符合条件"}
        if line.rate:
            good["amount"] = f"{row.base:.2f}"
        if line.mode == "ceiling":
            good["approved"] = f"{line.each * items:.2f}"
        if line.mode in ("per_item", "ceiling") and items > 1:
            good["items"] = items
        db.session.rollback()
        return {**good, **changes}

    def reviews(self, case: Case, *changes: dict[str, Any]) -> None:
        """Let those who were drawn review it, each with their changes."""
        people = self.drawn(case)
        for person, own in zip(people, changes or [{}] * len(people), strict=True):
            person.answers(case, "review", **self.opinion(case, **own))

    def supported(self, call: AwardCall, award: str, **changes: Any) -> Case:
        """Return an application that waits to be announced."""
        case = self.recommended(call, award, **changes)
        self.reviews(case)
        self.head.answers(case, "approve_review", conclusion="support")
        return case

    # -- batches and payments, which are no steps of one case --

    def user(self, person: Person) -> User:
        return db.session.get_one(User, person.id)

    def batch(self, *cases: Case, by: Person | None = None) -> int:
        """Put cases into a batch and return its id."""
        db.session.rollback()
        call = db.session.get_one(AwardApplication, cases[0].id).call
        with changing(db.session):
            made = batches.draw_up(db.session(), call, [c.id for c in cases], by=self.user(by or self.reviewers[0]))
        return made.id

    def announces(self, batch_id: int, by: Person | None = None) -> None:
        """Let the amounts be decided and the batch be announced."""
        db.session.rollback()
        with changing(db.session):
            batches.announce(
                db.session(), db.session.get_one(AwardBatch, batch_id), by=self.user(by or self.reviewers[0])
            )

    def notice_ends(self, batch_id: int) -> None:
        """Let the notice of a batch be over: its days pass, and the clock closes it."""
        db.session.rollback()
        last = db.session.get_one(AwardBatch, batch_id).last_day
        assert last is not None
        db.session.rollback()
        clock.set_shift(clock.shift() + timedelta(days=(last - clock.today()).days + 1))
        run_due(db.session(), self.app.config["PEIYOU"])

    def takes_out(self, batch_id: int, case: Case, reason: str) -> None:
        """Let a reviewer take a case out of an announced batch."""
        grant_id = self.grant(case).id
        with changing(db.session):
            batch = db.session.get_one(AwardBatch, batch_id)
            batches.take_out(db.session(), batch, grant_id, reason=reason, by=self.user(self.reviewers[0]))

    def approves(self, batch_id: int, by: Person | None = None) -> None:
        """Let the director approve a batch."""
        db.session.rollback()
        with changing(db.session):
            batches.approve(db.session(), db.session.get_one(AwardBatch, batch_id), by=self.user(by or self.director))

    def approved(self, *cases: Case) -> int:
        """Announce and approve cases together; return the id of their batch."""
        batch_id = self.batch(*cases)
        self.announces(batch_id)
        self.notice_ends(batch_id)
        self.approves(batch_id)
        return batch_id

    def lists(self, call: AwardCall) -> int:
        """Let finance make the list for the bank; return its id."""
        db.session.rollback()
        with changing(db.session):
            made = paying.make_list(db.session(), db.session.get_one(AwardCall, call.id), by=self.user(self.purse))
        return made.id

    def payment_list(self, list_id: int) -> PaymentList:
        """Return a payment list with its lines."""
        db.session.rollback()
        return award_batches.list_for(db.session(), self.user(self.purse), list_id)

    def result(self, list_id: int, **outcomes: Any) -> bytes:
        """Return what the bank sends back: all are paid today, but for ``outcomes`` by receipt number."""
        row = award_batches.list_for(db.session(), self.user(self.purse), list_id)
        lines = []
        for line in paying.lines_of(row):
            result, on, why = outcomes.get(line.receipt, ("成功", clock.today(), ""))
            lines.append([line.place, line.receipt, line.amount, result, on, why])
        db.session.rollback()
        return sheets.write("结果", ("序号", "受理号", "金额（元）", "结果", "日期", "退票原因"), lines)

    def loads(self, list_id: int, data: bytes) -> list[Any]:
        """Let finance load what the bank sent back; return the bad rows."""
        db.session.rollback()
        with changing(db.session):
            row = db.session.get_one(PaymentList, list_id)
            return paying.load_result(db.session(), row, data, by=self.user(self.purse))

    def paid(self, *cases: Case) -> None:
        """Announce, approve and pay cases together."""
        self.approved(*cases)
        call = db.session.get_one(AwardApplication, cases[0].id).call
        list_id = self.lists(call)
        assert not self.loads(list_id, self.result(list_id))

    def grant(self, case: Case) -> AwardGrant:
        """Return the line in which a case stands now."""
        db.session.rollback()
        return db.session.scalars(
            select(AwardGrant).where(AwardGrant.case_id == case.id, AwardGrant.state != "taken_out")
        ).one()

    def loads_list(self, call: AwardCall, rows: Sequence[Sequence[Any]]) -> tuple[list[Case], list[Any]]:
        """Load the recognised list of a direct award; return the cases and the bad rows."""
        db.session.rollback()
        data = sheets.write("名单", listing.COLUMNS, rows)
        with changing(db.session):
            opened, bad = listing.load(
                db.session(), db.session.get_one(AwardCall, call.id), data, by=self.user(self.reviewers[0])
            )
            found = [Case(c.id, c.number, self) for c in opened]
        return found, bad

    def direct(self, **changes: Any) -> AwardCall:
        """Return an open call for direct awards."""
        return self.calls("AW07", "AW08", "AW09", mode=CallMode.DIRECT, **changes)

    def listed(self, award: str = "AW07", **changes: Any) -> list[Any]:
        """Return a line of the recognised list for the company."""
        good = {
            "name": self.requesting.name,
            "uscc": self.requesting.uscc,
            "award": award,
            "thing": "国家知识产权示范企业",
            "number": "国知发运字〔2026〕3号",
            "on": clock.today().replace(month=1, day=20),
            "base": None,
        }
        return list({**good, **changes}.values())


def build_award_office(app: Flask, session: Session) -> AwardOffice:
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
    centre = OrgUnit(code="centre", name="佛山市知识产权保护中心", name_en="Centre", kind="third_party", active=True)
    session.add_all((district, centre))
    unit = session.get_one(OrgUnit, office.unit.id)
    users = {
        **{f"reviewer{n}": account(f"reviewer{n}", f"审核{n}", Role.REVIEWER, unit) for n in range(1, 5)},
        **{f"expert{n}": account(f"expert{n}", f"专家{n}", Role.EVALUATOR, centre) for n in range(1, 5)},
        "head": account("head", "黎绍铭", Role.SECTION_HEAD, unit),
        "purse": account("purse", "周永康", Role.FINANCE, unit),
        "officer": account("officer", "叶紫珊", Role.DISTRICT_OFFICER, district),
    }
    session.add_all(users.values())
    session.commit()
    client = office.clerk.client
    people = {name: Person(client, name, user.id, user.name) for name, user in users.items()}
    fields = {name: getattr(office, name) for name in Office.__dataclass_fields__}
    return AwardOffice(
        **fields,
        district=district,
        reviewers=[people[f"reviewer{n}"] for n in range(1, 5)],
        experts=[people[f"expert{n}"] for n in range(1, 5)],
        head=people["head"],
        purse=people["purse"],
        officer=people["officer"],
    )
