"""Tasks of the districts: set, reported, given back, assessed; and who is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.district_tasks import Outcome
from app.domain.errors import NotAllowed, NotFound, RuleBroken, Stale
from app.jobs import district_tasks as job
from app.jobs import run_due
from app.models import DistrictTask, MessageOutbox, OrgUnit, User, db
from app.queries import district_tasks as queries
from app.services import district_tasks
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import Office
from tests.flows.programme import Programme, populate

DUE = date(2026, 3, 31)
WORDS = "全年完成贯标辅导 12 场，新增贯标企业 36 家。"


@pytest.fixture
def programme(either_office: Office) -> Programme:
    return populate(either_office)


def given_to(programme: Programme, unit: str = "nanhai", who: str = "wuxueqin", **changes: Any) -> DistrictTask:
    about = {"year": 2026, "title": "贯标辅导", "what": "开展贯标辅导。", "section": "三(一)", "due_on": DUE, **changes}
    with changing(db.session):
        return district_tasks.set_task(db.session(), programme.unit(unit), **about, by=programme.user(who))


def reports(programme: Programme, task: DistrictTask, who: str = "tannanhai", **more: Any) -> None:
    with changing(db.session):
        district_tasks.report(db.session(), task, words=WORDS, by=programme.user(who), **{"files": [], **more})


def assesses(programme: Programme, task: DistrictTask, who: str = "lishaoming", **more: Any) -> None:
    about = {"outcome": Outcome.PASSED, "score": 88, "words": "完成较好。", **more}
    with changing(db.session):
        district_tasks.assess(db.session(), task, **about, by=programme.user(who))


def told(kind: str) -> list[str]:
    rows = select(User.username).join(MessageOutbox, MessageOutbox.user_id == User.id)
    return sorted(db.session.scalars(rows.where(MessageOutbox.kind == kind, MessageOutbox.channel == "in_app")))


def test_a_task_goes_to_the_district_and_back_until_it_is_assessed(programme: Programme) -> None:
    task = given_to(programme)
    assert (task.state, task.remind_on) == ("set", date(2026, 3, 24))
    assert told("district_task_set") == ["tannanhai"]
    reports(programme, task, files=[programme.file("tannanhai")])
    assert told("district_task_reported") == ["wuxueqin"]
    with changing(db.session):
        district_tasks.send_back(db.session(), task, because="缺企业名单", by=programme.user("wuxueqin"))
    assert (task.state, told("district_task_returned")) == ("returned", ["tannanhai"])
    reports(programme, task)
    assesses(programme, task)
    assert (task.state, told("district_task_assessed")) == ("assessed", ["tannanhai"])
    found = queries.task_for(db.session(), programme.user("luoyi"), task.id)
    assert [(one.returned_because, len(one.files)) for one in found.reports] == [("缺企业名单", 1), ("", 0)]


def test_everything_is_done_once(programme: Programme) -> None:
    task = given_to(programme)
    with pytest.raises(Stale, match="同名"):
        given_to(programme)
    given_to(programme, "chancheng")
    reports(programme, task)
    with pytest.raises(Stale):
        reports(programme, task)
    assesses(programme, task)
    for again in (lambda: assesses(programme, task), lambda: reports(programme, task)):
        with pytest.raises(Stale):
            again()


@pytest.mark.parametrize("who", ["tannanhai", "xieminyi", "zhouyongkang", "luoyi"])
def test_nobody_else_sets_or_assesses_tasks(programme: Programme, who: str) -> None:
    with pytest.raises(NotAllowed):
        given_to(programme, who=who)
    task = given_to(programme)
    reports(programme, task)
    with pytest.raises(NotAllowed):
        assesses(programme, task, who)


@pytest.mark.parametrize("who", ["lichancheng", "wuxueqin", "director"])
def test_nobody_else_reports_for_a_district(programme: Programme, who: str) -> None:
    task = given_to(programme)
    with pytest.raises(NotAllowed):
        reports(programme, task, who)


def test_a_task_is_for_a_district_and_lies_ahead(programme: Programme) -> None:
    with pytest.raises(RuleBroken, match="不能早于今天"):
        given_to(programme, due_on=date(2026, 3, 1))
    with pytest.raises(RuleBroken, match="下达给区局"), changing(db.session):
        district_tasks.set_task(
            db.session(),
            db.session.get_one(OrgUnit, programme.office.unit.id),
            year=2026,
            title="任务",
            what="任务",
            section="三(一)",
            due_on=DUE,
            by=programme.user("director"),
        )
    task = given_to(programme)
    with pytest.raises(Stale):
        assesses(programme, task)
    reports(programme, task)
    with pytest.raises(RuleBroken, match="不足 60"):
        assesses(programme, task, score=10)


def test_a_district_is_reminded_once_five_working_days_before(programme: Programme, today: Today) -> None:
    first, second, reported = (given_to(programme, title=title) for title in ("甲任务", "乙任务", "丙任务"))
    given_to(programme, title="丁任务", due_on=date(2026, 6, 30))
    reports(programme, reported)
    config = programme.office.app.config["PEIYOU"]
    today.is_at("2026-03-23 10:00")
    assert job.due(db.session(), 10) == []
    today.is_at("2026-03-24 10:00")
    assert set(job.due(db.session(), 10)) == {first.id, second.id, reported.id}
    run_due(db.session(), config)
    assert told("district_task_due") == ["tannanhai", "tannanhai"]
    run_due(db.session(), config)
    assert len(told("district_task_due")) == 2


def test_the_year_of_each_district_is_counted(programme: Programme) -> None:
    task = given_to(programme)
    given_to(programme, title="第二项")
    reports(programme, task)
    assesses(programme, task)
    db.session.expire_all()
    found = queries.tasks(db.session(), year=2026)
    lines = {unit.code: year for unit, year in queries.by_district(db.session(), found)}
    assert (lines["nanhai"].tasks, lines["nanhai"].assessed, lines["nanhai"].average) == (2, 1, 88)
    assert lines["chancheng"].tasks == 0
    assert queries.tasks(db.session(), year=2026, unit_id=programme.units["chancheng"]) == []
    assert [one.title for one in queries.tasks(db.session(), year=2026, state="set")] == ["第二项"]
    assert queries.years(db.session()) == [2026]


def test_strangers_find_no_task(programme: Programme) -> None:
    task = given_to(programme)
    reports(programme, task, files=[programme.file("tannanhai")])
    file_id = task.reports[0].files[0].id
    programme.people["clerk"] = programme.office.clerk.id
    with pytest.raises(NotFound):
        queries.task_for(db.session(), programme.user("clerk"), task.id)
    with pytest.raises(NotFound):
        queries.file_for(db.session(), programme.user("clerk"), task.id, file_id)
    assert queries.file_for(db.session(), programme.user("director"), task.id, file_id).name == "统计报表.pdf"
