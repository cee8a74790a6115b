"""A target at the desk and on a phone: reported by a district with its proof, confirmed by the bureau; axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models import db
from tests.flows.office import Office, Person
from tests.flows.programme import Programme, populate
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.fixture
def programme(office: Office) -> Programme:
    return populate(office)


def person(programme: Programme, name: str) -> Person:
    user = programme.user(name)
    found = Person(programme.office.clerk.client, user.username, user.id, user.name)
    db.session.rollback()
    return found


@pytest.fixture
def at_work(opening: Callable[..., Visitor], programme: Programme) -> tuple[Visitor, Visitor]:
    """Return the officer of a district at the desk, and the director on a phone."""
    district, director = opening(), opening(viewport=SIZES[1])
    for visitor, name in ((district, "tannanhai"), (director, "director")):
        bring_along(visitor.context)
        visitor.logs_in(person(programme, name))
    return district, director


@pytest.mark.slow
def test_a_district_reports_a_target_and_the_bureau_confirms_it(at_work: tuple[Visitor, Visitor]) -> None:
    district, director = at_work
    director.opens("/targets/K11/plan")
    found = findings(director.page, "plan")
    district.opens("/targets?year=2022")
    found += findings(district.page, "targets")
    district.page.get_by_role("link", name="填报 K04").click()
    district.fills(value="-1")
    district.presses("提交确认", "main")
    found += findings(district.page, "value with errors")
    assert district.page.locator(".field-error").count() >= 1
    district.fills(value="9800")
    district.uploads("files")
    district.presses("提交确认", "main")
    district.sees("已提交，由市局另一人确认")
    found += findings(district.page, "reported")
    director.opens("/targets?year=2022")
    director.page.get_by_role("link", name="K04 累计有效发明专利").first.click()
    assert director.page.evaluate(TOO_WIDE) == 0
    found += findings(director.page, "to be confirmed")
    director.page.locator("summary#confirm").click()
    director.presses("确认", "main .confirm-panel")
    director.sees("各区数据不全 · 31.1%")
    found += findings(director.page, "confirmed")
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_a_district_reports_a_task_and_the_bureau_assesses_it(at_work: tuple[Visitor, Visitor]) -> None:
    district, director = at_work
    director.opens("/district-tasks/new")
    found = findings(director.page, "new task")
    director.page.get_by_label("南海区市场监督管理局").check()
    director.fills(name="贯标辅导", what="开展贯标辅导。", section="三(一)", due_on="2026-03-31")
    director.presses("下达", "main")
    director.sees("贯标辅导")
    found += findings(director.page, "tasks")
    district.opens("/district-tasks")
    district.page.get_by_role("link", name="贯标辅导").click()
    district.fills(words="全年完成贯标辅导 12 场，新增贯标企业 36 家。")
    district.uploads("files")
    district.presses("上报", "main")
    district.sees("已上报，由市局考核")
    director.opens(district.page.url.removeprefix(district.url))
    found += findings(director.page, "to be assessed")
    director.fills(outcome="passed", score="88", words="完成较好。")
    director.presses("提交考核结果", "main")
    director.sees("88 分")
    found += findings(director.page, "assessed")
    assert not found, "\n".join(found)


@pytest.mark.slow
def test_a_support_is_entered(at_work: tuple[Visitor, Visitor]) -> None:
    _, director = at_work
    director.opens("/supports/new")
    found = findings(director.page, "support")
    director.fills(
        kind="NQ05", receiver="南海区市场监督管理局", given_on="2023-01-16", what="通报表扬", published="通报"
    )
    director.presses("登记", "main")
    director.sees("已登记")
    found += findings(director.page, "entered")
    director.opens("/supports")
    found += findings(director.page, "supports")
    assert not found, "\n".join(found)
