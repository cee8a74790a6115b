"""The demonstration's programme: what was planned, reported and confirmed over the years, tasks of the districts, supports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from app import clock
from app.demo import figures
from app.demo.load import PDF
from app.demo.people import City
from app.domain.calendar import Calendar
from app.domain.district_tasks import Outcome
from app.domain.supports import Support as Kind
from app.domain.targets import Stage
from app.models import DistrictTask, OrgUnit, Target, User
from app.services import district_tasks, papers, supports, targets
from app.services.changing import changing
from app.services.supports import Entry
from app.services.targets import Report

OFFICERS = dict(
    zip(figures.DISTRICTS, ("lichancheng", "tannanhai", "yeshunde", "susanshui", "zhugaoming"), strict=True)
)
DIRECTOR, HEAD, MANAGER, REVIEWER, LIAISON = "linjianhua", "lishaoming", "wuxueqin", "xieminyi", "luoyi"
PROVEN = ("K04", "K10")  # reported with a file; the rest names where it is published
WITH_DISTRICTS = (*figures.TOTALS, "K05", "K15")
MISSING, RETURNED, WAITING = "gaoming", "sanshui", "shunde"  # of the last year's K04
OPENING = time(9, 40)

TASKS = (
    ("新增知识产权贯标企业", "新增通过知识产权管理规范认证的企业不少于 20 家，报送名单和证书。", "二(一)6"),
    ("质押融资银企对接", "举办质押融资银企对接活动不少于 2 场，报送签约和放款情况。", "二(二)3"),
    ("年度目标和责任分工", "提出本区年度目标、工作措施和责任分工，经分管领导同意后报送。", "三(一)"),
)
DONE = (
    "本区已按要求完成，企业名单、证书复印件和活动照片见附件。新增贯标企业 23 家，其中高新技术企业 17 家；"
    "举办培训 4 场，参加 310 人次。下一步继续跟进 6 家正在辅导的企业。"
)
GIVEN: tuple[tuple[Kind, int, str, date, str, str | None], ...] = (
    (Kind.NQ01, 0, "", date(2021, 7, 15), "发明专利获省级奖项，按市现行办法配套奖励。", "200000"),
    (Kind.NQ02, 3, "", date(2023, 3, 20), "经第三方评估列为成效显著的培优单位，授予证书和奖牌。", None),
    (Kind.NQ04, 6, "", date(2022, 4, 26), "在知识产权宣传周启动仪式上通报表彰。", None),
    (Kind.NQ05, -1, "顺德区市场监督管理局", date(2022, 12, 28), "对培优工程工作成效显著的单位通报表扬。", None),
    (Kind.NQ07, 7, "", date(2024, 9, 11), "专利质押贷款出现不良，由风险补偿资金按比例补偿合作银行。", "384600"),
    (Kind.NQ08, 2, "", date(2025, 6, 5), "指导通过马德里体系在 8 个国家提交商标国际注册。", None),
)


@dataclass
class Office:
    """The people and districts that the programme of the demonstration has."""

    session: Session
    city: City
    calendar: Calendar

    def user(self, name: str) -> User:
        """Return somebody by user name."""
        return self.city.people[name]

    def district(self, code: str) -> OrgUnit:
        """Return a district by its officer."""
        unit = self.user(OFFICERS[code]).memberships[0].unit
        assert unit is not None
        return unit

    def upload(self, by: User, name: str) -> int:
        """Upload a file; return its number."""
        return papers.upload(self.session, PDF, name=name, media_type="application/pdf", by=by).id


def load(session: Session, city: City, calendar: Calendar) -> None:
    """Tell the years of the programme, from the one before it to the last that is over. Commits."""
    office = Office(session, city, calendar)
    last = min(clock.today().year - 1, figures.FIRST + len(figures.TOTALS["K04"]) - 1)
    for year in range(figures.FIRST, last + 1):
        with _on(date(year + 1, 2, 10)), changing(session):
            _report_year(office, year, last)
    with changing(session):
        _correct(office, last - 1)
        _plan(office, last)
    _set_tasks(office)
    with changing(session):
        _support(office)


@contextmanager
def _on(day: date) -> Iterator[None]:
    """Let it be the morning of a day that is over; today stays today."""
    shift, moment = clock.shift(), datetime.combine(day, OPENING, tzinfo=clock.ZONE)
    clock.set_shift(shift + min(moment - clock.now(), timedelta(0)))
    try:
        yield
    finally:
        clock.set_shift(shift)


# -- targets -----------------------------------------------------------------------------------------------------------


def _report_year(office: Office, year: int, last: int) -> None:
    for target_id in WITH_DISTRICTS:
        for place, code in enumerate(figures.DISTRICTS):
            value = figures.of_district(target_id, year, place)
            unsettled = target_id == "K04" and year == last
            if value is not None and not (unsettled and code == MISSING):
                _report(office, target_id, year, value, code, settled=not unsettled)
    for target_id, line in figures.OF_THE_CITY.items():
        if told := line[year - figures.FIRST]:
            _report(office, target_id, year, Decimal(told))
    for target_id, stages in figures.STAGES.items():
        if year in stages:
            stage, words = stages[year]
            _report(office, target_id, year, stage, words=words)


def _report(
    office: Office,
    target_id: str,
    year: int,
    figure: Decimal | Stage,
    code: str = "",
    *,
    words: str = "",
    settled: bool = True,
    reason: str = "",
) -> None:
    """Report a value and have it confirmed; of the year that is not settled yet some wait and some are given back."""
    by = office.user(OFFICERS[code] if code else HEAD)
    proof = [office.upload(by, f"{year}年统计报表.pdf")] if target_id in PROVEN else []
    published = "" if proof else f"{year}年知识产权统计公报"
    given = Report(year=year, figure=figure, words=words, published=published, files=proof, reason=reason)
    unit = office.district(code) if code else None
    target = office.session.get_one(Target, target_id)
    value = targets.report(office.session, target, given, unit=unit, by=by)
    office.session.flush()  # it is confirmed by its number
    if settled or code not in (RETURNED, WAITING):
        targets.confirm(office.session, value, by=office.user(DIRECTOR))
    elif code == RETURNED:
        because = "与国家知识产权局公布的数据相差 126 件，请核对统计日期后重新填报。"
        targets.send_back(office.session, value, because=because, by=office.user(DIRECTOR))


def _correct(office: Office, year: int) -> None:
    value = figures.of_district("K10", year, figures.LARGEST)
    assert value is not None
    _report(
        office,
        "K10",
        year,
        value - Decimal("1.8"),
        figures.DISTRICTS[figures.LARGEST],
        reason="剔除两笔重复登记的续贷，合计 1.8 亿元。",
    )


def _plan(office: Office, last: int) -> None:
    for target_id, value in figures.PLANNED.items():
        _set_plan(office, target_id, last, Decimal(value), "", "联席会议办公室年度工作要点")
    for code, share in zip(figures.DISTRICTS, figures.SHARES, strict=True):
        for n, (target_id, value) in enumerate(figures.GOALS.items()):
            for year in (last, last + 1):
                mine = max(round(Decimal(value) * share * (5 if year > last else Decimal("4.6")), 0), Decimal(1))
                if n or year > last:  # a year ago there was one goal fewer
                    _set_plan(office, target_id, year, mine, code, "本区年度工作计划")


def _set_plan(office: Office, target_id: str, year: int, value: Decimal, code: str, reason: str) -> None:
    targets.plan(
        office.session,
        office.session.get_one(Target, target_id),
        year=year,
        unit=office.district(code) if code else None,
        value=value,
        reason=reason,
        by=office.user(OFFICERS[code] if code else HEAD),
    )


# -- tasks of the districts --------------------------------------------------------------------------------------------


def _set_tasks(office: Office) -> None:
    """Set three tasks for every district: one that is assessed by now, one that is soon due, one with time left."""
    today = clock.today()
    for n, (after, before) in enumerate(((-30, 150), (5, 60), (45, 20))):
        title, what, section = TASKS[n]
        due = office.calendar.on_or_after(today + timedelta(days=after))
        with _on(today - timedelta(days=before)), changing(office.session):
            given = [
                district_tasks.set_task(
                    office.session,
                    office.district(code),
                    year=clock.today().year,
                    title=title,
                    what=what,
                    section=section,
                    due_on=due,
                    by=office.user(MANAGER),
                )
                for code in figures.DISTRICTS
            ]
        if n < 2:
            _work(office, dict(zip(figures.DISTRICTS, given, strict=True)), over=n == 0)


def _work(office: Office, given: dict[str, DistrictTask], *, over: bool) -> None:
    """Let districts report: of the task that is over one district is late, of the other most have not begun."""
    reporting = [code for code in given if code != "gaoming"] if over else ["nanhai", "sanshui"]
    with _on(clock.today() - timedelta(days=36 if over else 6)), changing(office.session):
        for code in reporting:
            by = office.user(OFFICERS[code])
            files = [office.upload(by, "工作总结.pdf")]
            district_tasks.report(office.session, given[code], words=DONE, files=files, by=by)
    with _on(clock.today() - timedelta(days=21 if over else 3)), changing(office.session):
        if over:
            _assess(office, {code: given[code] for code in reporting})
        else:
            because = "缺少放款凭证和签约企业名单，请补充后重新上报。"
            district_tasks.send_back(office.session, given["sanshui"], because=because, by=office.user(MANAGER))


def _assess(office: Office, given: dict[str, DistrictTask]) -> None:
    said = {
        "chancheng": (Outcome.PASSED, 86, "名单和证书齐全，完成数量超过要求。"),
        "nanhai": (Outcome.PASSED, 92, "完成数量居全市首位，培训组织扎实。"),
        "shunde": (Outcome.PASSED, 90, "完成较好，建议总结经验推广。"),
        "sanshui": (Outcome.PARTLY, 68, "有 4 家企业证书尚未取得，计入下一年度。"),
    }
    for code, task in given.items():
        outcome, score, words = said[code]
        district_tasks.assess(office.session, task, outcome=outcome, score=score, words=words, by=office.user(MANAGER))


# -- supports ----------------------------------------------------------------------------------------------------------


def _support(office: Office) -> None:
    for kind, place, name, day, what, amount in GIVEN:
        known = office.city.organizations[place] if place >= 0 else None
        entry = Entry(
            kind=kind,
            receiver=known.name if known else name,
            uscc=(known.uscc or "") if known else "",
            given_on=day,
            what=what,
            amount=Decimal(amount) if amount else None,
            published="联席会议办公室通报" if amount is None else "资金拨付文件",
        )
        with _on(day + timedelta(days=4)):
            made = supports.enter(office.session, entry, by=office.user(REVIEWER))
    right = Entry(
        kind=Kind.NQ08,
        receiver=made.receiver,
        uscc=made.uscc,
        given_on=made.given_on,
        what="指导通过马德里体系在 9 个国家提交商标国际注册。",
        published=made.published,
    )
    supports.correct(office.session, made, right, reason="漏记一个指定国。", by=office.user(LIAISON))
