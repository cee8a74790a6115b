"""The demonstration's roster: two hundred units through a selection and a yearly review, and a selection that runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.demo.people import members_of
from app.demo.telling import Telling
from app.domain.roster.batches import BatchKind, Terms
from app.domain.roster.members import Bar, Industry
from app.domain.roster.shortlist import Quota, Share
from app.models import Case, Deadline, Notice, Organization, OrgUnit, RosterBatch, RosterReview
from app.queries import roster
from app.queries.roster_batches import criteria_of
from app.services import attempts, notices
from app.services.changing import changing
from app.services.roster import announcing, barring, batches

PLACES = 205
BEGAN = 400  # how many days ago the first selection opened
REVIEWED = 80  # how many days ago the yearly review was published
TRADES = (Industry.APPLIANCES, Industry.MATERIALS, Industry.EQUIPMENT, Industry.FURNISHING, Industry.ELECTRONICS)
ACHIEVED = "建立了知识产权管理制度和专职岗位，主导产品有发明专利覆盖，近三年没有侵权败诉。"
PLANS = "三年内发明专利拥有量翻一番，开展专利导航和海外布局，需要快速预审和质押融资服务。"
SILENT, WARNED, RIGHTED, REMOVED, STILL = 6, 6, 3, 3, 3  # of the members, how their first review goes


@dataclass
class RosterNarrator(Telling):
    """Tells how the roster came to be, how its members were reviewed, and what is under way."""

    # -- the first selection --

    def selects(self) -> int:
        """Tell how the first units came in; return how many nominated themselves."""
        units = members_of(self.city)
        batch = self._batch(BatchKind.INTAKE, "{year} 年度培优名录", BEGAN, 35, PLACES)
        cases = [self._nominated(batch, n, unit, BEGAN - 4) for n, unit in enumerate(units)]
        self.at(BEGAN - 12)
        for case_id in cases:
            self.does(case_id, "nomination_formality", check="accept")
        self.at(BEGAN - 20)
        for n, case_id in enumerate(cases):
            self._scored(batch, case_id, 45 if n % 40 == 39 else 62 + n * 7 % 33)
        self._decided(batch, BEGAN - 40)
        self.now()
        return len(cases)

    def _batch(self, kind: BatchKind, title: str, days_ago: int, days: int, places: int) -> RosterBatch:
        opens_on = self.at(days_ago)
        districts = select(OrgUnit).where(OrgUnit.kind == "district_bureau").order_by(OrgUnit.id)
        reserved = {str(one.id): Share(least=max(places // 20, 1)) for one in self.session.scalars(districts)}
        terms = Terms(
            kind=kind,
            title=title.format(year=opens_on.year),
            opens_on=opens_on,
            closes_on=opens_on + timedelta(days),
            quota=Quota(places, reserved) if kind is BatchKind.INTAKE else Quota(0),
        )
        keeper, director = self.city.people["wuxueqin"], self.city.people["linjianhua"]
        with changing(self.session):
            batch = batches.begin(self.session, terms, by=keeper)
        with changing(self.session):
            batches.propose(self.session, batch, by=keeper)
        with changing(self.session):
            announcing.publish(self.session, batch, by=director)
        return batch

    def _nominated(self, batch: RosterBatch, n: int, unit: Organization, days_ago: int) -> int:
        self.at(days_ago)
        by = next(p for p in self.city.people.values() if unit.id in p.organization_ids)
        return self.opens(
            "roster_intake",
            by,
            batch=batch.id,
            organization=unit.id,
            district=self._district(unit),
            industry=(Industry.RESEARCH if "研究院" in unit.name else TRADES[n % len(TRADES)]).value,
            **_figures(n),
            achievements=ACHIEVED,
            plan=PLANS,
            files=[self.uploads(by, "专利清单和证书.pdf")],
            truth=True,
        )

    def _district(self, unit: Organization) -> int:
        found = select(OrgUnit.id).where(OrgUnit.kind == "district_bureau", OrgUnit.region == (unit.uscc or "")[2:8])
        return self.session.scalars(found).one()

    def _scored(self, batch: RosterBatch, case_id: int, points: int) -> None:
        criteria = criteria_of(batch)
        assert criteria is not None
        for n in range(3):
            sheet = [{"indicator": one.key, "points": min(points + n * 2, 100)} for one in criteria.indicators]
            self.does(case_id, "evaluate", points=sheet, text="对照入库标准逐项评分，材料真实完整。", free=True)

    def _decided(self, batch: RosterBatch, days_ago: int) -> bool:
        """Announce a batch, let its notice end and conclude it, as far as these days have come."""
        self.at(days_ago)
        with changing(self.session):
            announcing.announce(self.session, batch, by=self.city.people["wuxueqin"])
        notice = self.session.scalars(select(Notice).where(Notice.last_day == batch.last_day)).all()[-1]
        over = (self.now() - notice.last_day).days - 1
        if over < 0:
            return False
        self.at(over)
        with changing(self.session):
            notices.close_over(self.session, notice.id)
        with changing(self.session):
            announcing.conclude(self.session, batch, by=self.city.people["linjianhua"])
        return True

    # -- the yearly review --

    def reviews(self) -> int:
        """Tell how the members were reviewed after a year, and what is under way; return how many cases there are."""
        batch = self._batch(BatchKind.REVIEW, "{year} 年度名录复核", REVIEWED, 40, 0)
        rows = list(self.session.scalars(select(RosterReview).order_by(RosterReview.case_id)))
        cases = [row.case_id for row in rows]
        silent, spoken = cases[:SILENT], cases[SILENT:]
        self.at(REVIEWED - 8)
        for n, case_id in enumerate(spoken):
            report = {**_figures(n + 3), "achievements": ACHIEVED, "problems": "缺少专利分析人才" if n % 4 == 0 else ""}
            self.does(case_id, "self_report", report)
        self.at(REVIEWED - 38)
        self._lapses(silent)
        for case_id in cases:
            self.does(case_id, "check_facts", found="已经电话和上门核实，经营正常，没有失信和非正常申请。")
        self._assessed(cases)
        self._decided(batch, REVIEWED - 60)
        running = self._running()
        self.now()
        return len(cases) + running

    def _lapses(self, cases: list[int]) -> None:
        due = select(Deadline.id).where(Deadline.case_id.in_(cases), Deadline.rule == "roster.self_report")
        for deadline_id in self.session.scalars(due).all():
            attempts.carry_out(self.session, "lapse", deadline_id, by=None)

    def _assessed(self, cases: list[int]) -> None:
        """Let each be assessed; some are warned, some have to put something right, some go, of some nothing is said yet."""
        self.at(REVIEWED - 44)
        turns = ["warn"] * WARNED + ["put_right"] * RIGHTED + ["remove"] * REMOVED
        for n, case_id in enumerate(cases[: len(cases) - STILL]):
            self._one(case_id, turns[n] if n < len(turns) else "keep")
        self.at(REVIEWED - 54)
        for case_id in cases[WARNED : WARNED + RIGHTED - 1]:
            self.does(case_id, "put_right", explanation="已经建立制度、设立岗位，并完成全员培训。", files=[])
            self.does(case_id, "examine_putting_right", done=True, reason="现场查看，制度已经施行。")

    def _one(self, case_id: int, outcome: str) -> None:
        told: dict[str, dict[str, Any]] = {
            "keep": {"reason": "各项指标保持或者增长，积极参加各项活动。"},
            "warn": {"reason": "有效发明专利减少，一年没有参加培训和回访。"},
            "put_right": {
                "reason": "没有专职人员，管理制度不健全。",
                "items": ["建立知识产权管理制度", "设立专职岗位"],
                "days": 30,
            },
            "remove": {"reason": "已经停产，不再具备入选条件。"},
        }
        self.does(case_id, "assess_member", outcome=outcome, **told[outcome])
        self.does(case_id, "approve_assessment", approval="agree")

    # -- what is under way --

    def _running(self) -> int:
        """Open a second selection with a few nominations at each stage, and enter what bars a member."""
        batch = self._batch(BatchKind.INTAKE, "{year} 年度培优名录（增补）", 12, 45, 20)
        on_it = {one.organization_id for one in roster.members(self.session, self.now())}
        units = [one for one in members_of(self.city) if one.id not in on_it and not self._was_on_it(one)][:4]
        cases = [self._nominated(batch, n, unit, 9 - n) for n, unit in enumerate(units)]
        self.at(5)
        for case_id in cases[1:3]:
            self.does(case_id, "nomination_formality", check="accept")
        if len(cases) > 3:
            items = ["缺上一年度的审计报告", "专利清单没有盖章"]
            self.does(cases[3], "nomination_formality", check="correct", items=items, days=10)
        if len(cases) > 2:
            self.at(3)
            self._scored(batch, cases[2], 82)
        self._barred()
        return len(cases) + 1

    def _was_on_it(self, unit: Organization) -> bool:
        return bool(roster.times_of(self.session, unit.id))

    def _barred(self) -> None:
        day = self.at(4)
        closed = select(RosterReview.member_id).join(Case).where(Case.closed_at.is_(None))
        member = next(
            one for one in roster.members(self.session, day)[::-1] if one.id not in set(self.session.scalars(closed))
        )
        entry = barring.Entry(
            member.organization, Bar.ABNORMAL, day - timedelta(2), _year_later(day), "国家知识产权局非正常专利申请通报"
        )
        with changing(self.session):
            bar = barring.enter(self.session, entry, by=self.city.people["wuxueqin"])
        with changing(self.session):
            barring.look(self.session, bar.id)


def _figures(n: int) -> dict[str, Any]:
    """Return what a unit states of itself in numbers."""
    return {
        "inventions": 6 + n * 5 % 70,
        "other_patents": 30 + n * 11 % 240,
        "trademarks": 8 + n * 3 % 60,
        "standards": n % 6,
        "staff": 1 + n % 8,
        "revenue": f"{80 + n * 17 % 900}000000.00",
    }


def _year_later(day: date) -> date:
    return day + timedelta(365)
