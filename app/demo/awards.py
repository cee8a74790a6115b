"""The demonstration's applications for awards: one at each stage, from the form check to the receipt and the refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.demo.load import PDF
from app.demo.people import OUTSIDE, City
from app.domain.awards import payments
from app.domain.awards.calls import CallMode
from app.domain.awards.kinds import Evidence
from app.domain.awards.schedule import Award
from app.models import AwardApplication, AwardBatch, AwardCall, Case, Notice, OrgUnit, Task, User
from app.queries import award_calls
from app.queries import notices as queries
from app.services import attempts, notices, papers, sheets
from app.services.awards import batches, listing, paying
from app.services.changing import changing

FIRST, RECENT = 18, 9  # how many days ago applications were made: those that have been paid, and the others

# whose application, for which award, how far it goes, for what, and the price where the award has one
STORIES = (
    (0, "AW11", "paid", "一种电热水壶防干烧结构专利转让", "粤佛转〔{year}〕18号", "12000000.00"),
    (3, "AW13", "paid", "一种低温烧结陶瓷砖及其制备方法", "ZL 2021 1 0456789.7", ""),
    (0, "AW11", "announced", "一种水壶温控装置专利实施许可", "粤佛许〔{year}〕27号", "9000000.00"),
    (4, "AW16", "concluding", "一种建材防潮处理方法", "ZL 2020 1 0987654.2", ""),
    (3, "AW12", "reviewing", "陶瓷砖专利侵权责任保险", "PICC-FS-{year}-0031", "180000.00"),
    (2, "AW11", "recommending", "一种收纳装置专利转让", "粤佛转〔{year}〕33号", "600000.00"),
    (4, "AW11", "correcting", "一种石膏板连接件专利转让", "粤佛转〔{year}〕41号", "450000.00"),
    (0, "AW14", "requested", "一种智能电饭煲内胆", "ZL 2022 1 0112233.4", ""),
    (2, "AW18", "rejecting", "一种折叠货架", "ZL 2021 2 0765432.1", ""),
)
STAGES = ("requested", "correcting", "recommending", "reviewing", "concluding", "recommended", "announced", "paid")


@dataclass
class Narrator:
    """Tells what became of applications in one city."""

    session: Session
    city: City
    base: timedelta = timedelta(0)

    def tell(self, open_call: AwardCall, direct: AwardCall) -> int:
        """Tell every story and return how many cases there are."""
        self.base = clock.shift()
        told = [self._application(open_call, story) for story in STORIES]
        paid = [case for case, story in zip(told, STORIES, strict=True) if story[2] == "paid"]
        announced = [case for case, story in zip(told, STORIES, strict=True) if story[2] == "announced"]
        self._at(12)
        batch = self._batch(open_call, paid)
        if self._notice_is_over():
            with changing(self.session):
                batches.approve(self.session, batch, by=self.city.people["linjianhua"])
            self._pay(open_call)
        self._at(1)
        self._batch(open_call, announced)
        listed = self._listed(direct)
        clock.set_shift(self.base)
        return len(told) + listed

    # -- one application --

    def _application(self, call: AwardCall, story: Sequence[Any]) -> Case:
        place, award, stage, name, number, base = story
        first = FIRST if stage == "paid" else RECENT
        self._at(first)
        by = self.city.people[OUTSIDE[place][0]]
        organization = self.city.organizations[OUTSIDE[place][2]]
        line = next(one for one in award_calls.lines_of(self.session, call) if one.id == award)
        year = clock.today().year
        answers = {
            "applies_for": f"{call.number}:{award}",
            "organization": organization.id,
            "district": self._district(organization.uscc or ""),
            "things": [{"name": name, "number": number.format(year=year), "on": f"{year}-01-18"}],
            "base": base or None,
            "papers": self._papers(line, by),
            "promised": [],
            "account_name": organization.name,
            "bank": "中国银行佛山分行",
            "account": f"7550{organization.id:08d}",
            "truth": True,
        }
        case: Case = attempts.carry_out(self.session, "open", "award_application", answers, by=by)
        self._go_on(case.id, line, stage, first)
        return self.session.get_one(Case, case.id)

    def _papers(self, line: Award, by: User) -> list[dict[str, Any]]:
        return [
            {"kind": one.kind.value, "files": [self._upload(by, f"{Evidence(one.kind).label}.pdf")]}
            for one in line.evidence
        ]

    def _district(self, code: str) -> int:
        found = select(OrgUnit.id).where(OrgUnit.kind == "district_bureau", OrgUnit.region == code[2:8])
        first = select(OrgUnit.id).where(OrgUnit.kind == "district_bureau").order_by(OrgUnit.id)
        return self.session.scalar(found) or self.session.scalars(first).first() or 0

    def _go_on(self, case_id: int, line: Award, stage: str, first: int) -> None:
        """Take an application as far as its story goes."""
        reject = stage == "rejecting"
        far = STAGES.index("recommended" if reject else stage)
        self._at(first - 1)
        if stage == "correcting":
            items = ["缺付款凭证，请补交银行回单", "合同缺少骑缝章"]
            self._does(case_id, "award_formality", check="correct", items=items, days=10)
            return
        if far < STAGES.index("recommending"):
            return
        self._does(case_id, "award_formality", check="accept")
        if far < STAGES.index("reviewing"):
            return
        self._at(first - 2)
        self._does(case_id, "recommend", recommended=True, opinion="登记注册在本区，经营正常，没有失信记录，予以推荐。")
        if far < STAGES.index("concluding"):
            return
        self._at(first - 3)
        opinion = self._opinion(case_id, line, reject=reject)
        for _ in range(2):
            self._does(case_id, "review", **opinion)
        if far < STAGES.index("recommended"):
            return
        self._at(first - 4)
        reason = "申报的奖项未在省政府表彰通报中列出。" if reject else ""
        self._does(case_id, "approve_review", conclusion="reject" if reject else "support", reason=reason)

    def _opinion(self, case_id: int, line: Award, *, reject: bool) -> dict[str, Any]:
        if reject:
            return {"verdict": "reject", "text": "表彰通报中没有这一项目。"}
        row = self.session.get_one(AwardApplication, case_id)
        return {
            "verdict": "support",
            "amount": f"{row.base:.2f}" if row.base is not None else None,
            "approved": f"{line.each:.2f}" if line.mode == "ceiling" else None,
            "text": "合同、发票和付款凭证一致，符合条件。",
        }

    def _does(self, case_id: int, key: str, **answers: Any) -> None:
        """Let whoever it lies with do the first open step of this key."""
        rows = select(Task).where(Task.case_id == case_id, Task.key == key, Task.state == "open").order_by(Task.id)
        task = self.session.scalars(rows).first()
        assert task is not None
        if task.assignee_id is not None:
            by = self.session.get_one(User, task.assignee_id)
        else:
            by = next(p for p in self.city.people.values() if p.has_role(task.role, task.unit_id))
        attempts.carry_out(self.session, "complete", task.id, answers, by=by)

    # -- together --

    def _batch(self, call: AwardCall, cases: Sequence[Case]) -> AwardBatch:
        by = self.city.people["xieminyi"]
        with changing(self.session):
            batch = batches.draw_up(self.session, call, [case.id for case in cases], by=by)
        with changing(self.session):
            batches.announce(self.session, batch, by=by)
        return batch

    def _notice_is_over(self) -> bool:
        """Let the clock close what has been put up on the day after its last, if that day has come."""
        last = max(self.session.scalars(select(Notice.last_day)))
        clock.set_shift(self.base)
        ago = (clock.today() - last).days - 1
        if ago < 0:
            return False
        self._at(ago)
        for notice_id in queries.due(self.session, set(), 10):
            with changing(self.session):
                notices.close_over(self.session, notice_id)
        return True

    def _pay(self, call: AwardCall) -> None:
        by = self.city.people["zhouyongkang"]
        with changing(self.session):
            row = paying.make_list(self.session, call, by=by)
        lines: list[list[sheets.Value]] = [
            [x.place, x.receipt, x.amount, payments.PAID, clock.today(), ""] for x in paying.lines_of(row)
        ]
        with changing(self.session):
            paying.load_result(self.session, row, sheets.write("拨付结果", payments.RESULT_COLUMNS, lines), by=by)

    def _listed(self, call: AwardCall) -> int:
        """Load the recognised list of the direct award: one unit has confirmed, others are still asked."""
        assert call.mode == CallMode.DIRECT
        chosen = (self.city.organizations[0], *self.city.organizations[5:9])
        year = clock.today().year
        rows = [
            [
                one.name,
                one.uscc,
                "AW08",
                "国家知识产权优势企业",
                f"国知发运字〔{year}〕12号-{n}",
                date(year, 1, 20),
                None,
            ]
            for n, one in enumerate(chosen, 1)
        ]
        self._at(3)
        with changing(self.session):
            data = sheets.write("认定名单", listing.COLUMNS, rows)
            opened, _ = listing.load(self.session, call, data, by=self.city.people["dengjiarong"])
        return len(opened)

    def _at(self, days_ago: int) -> None:
        """Set the clock to the morning so many days ago."""
        clock.set_shift(self.base)
        morning = datetime.combine(clock.today() - timedelta(days_ago), time(9, 40), tzinfo=clock.ZONE)
        clock.set_shift(self.base + (morning - clock.now()))

    def _upload(self, by: User, name: str) -> int:
        with changing(self.session):
            return papers.upload(self.session, PDF, name=name, media_type="application/pdf", by=by).id
