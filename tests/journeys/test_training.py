"""Training at the desk and on a phone: a member states a need and signs people up, a liaison records who came; axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.models import db
from app.services.changing import changing
from app.services.roster import training_results
from app.services.roster.training_results import Result
from tests.conftest import Today
from tests.flows.office import Office, Person
from tests.flows.training import School, attendee, open_school
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.fixture
def school(office: Office, today: Today) -> School:
    """Return two courses: one that is over and waits to be closed, one that can be signed up for."""
    school = open_school(office)
    over = school.publishes(title="知识产权管理体系贯标实务", places=2, pass_mark=60)
    seats = school.signs_up(over, "甲", attendee(1), attendee(2), attendee(3))
    today.moves(days=11)
    with changing(db.session):
        results = [Result(seats[0], True, 88)]
        training_results.record(db.session(), school.course(over), results, by=school.user("lin"))
    school.publishes(places=1)
    return school


def person(school: School, name: str) -> Person:
    user = school.user(name)
    found = Person(school.office.clerk.client, user.username, user.id, user.name)
    db.session.rollback()
    return found


@pytest.mark.slow
def test_a_member_signs_up_and_a_liaison_records_who_came(school: School, opening: Callable[..., Visitor]) -> None:
    member, liaison = opening(viewport=SIZES[1]), opening()
    for visitor, name in ((member, "甲"), (liaison, "lin")):
        bring_along(visitor.context)
        visitor.logs_in(person(school, name))
    found: list[str] = []

    def looks(visitor: Visitor, where: str) -> None:
        assert visitor.page.evaluate(TOO_WIDE) == 0, where
        found.extend(findings(visitor.page, where))

    member.opens("/training/needs/new")
    member.page.get_by_label("研发人员").check()
    member.page.locator("select[name=subject]").select_option("patents")
    member.fills(people="12", words="研发立项时的专利布局")
    looks(member, "need")
    member.presses("保存", "main")
    member.sees("需求已保存")
    looks(member, "training")
    member.page.get_by_role("link", name="专利布局实务").click()
    member.page.get_by_role("button", name="再加一行").click()
    for place, name in enumerate(("梁志强", "何敏")):
        member.fills(
            **{
                f"people-{place}-name": name,
                f"people-{place}-position": "工程师",
                f"people-{place}-phone": f"1380013800{place}",
            }
        )
    looks(member, "sign-up")
    member.presses("报名", "main")
    member.sees("其中 1 人候补")
    looks(member, "course")

    for path in ("/training", "/training/needs", "/training/courses", "/training/courses/new", "/training/courses/1"):
        liaison.opens(path)
        looks(liaison, path)
    liaison.page.get_by_role("link", name="登记出勤和考核").click()
    liaison.page.locator("input[name='results-1-came'][value=came]").check()
    liaison.fills(**{"results-1-points": "101"})
    liaison.presses("保存", "main")
    looks(liaison, "results with errors")
    liaison.fills(**{"results-1-points": "59"})
    liaison.presses("保存", "main")
    liaison.sees("已登记")
    liaison.opens("/training/courses/1")
    liaison.page.locator("summary#conclude").click()
    liaison.presses("办结", "main .confirm-panel")
    liaison.sees("发放证书 1 份")

    member.opens("/training/courses/1")
    looks(member, "course that was held")
    member.page.get_by_role("link", name="PX2026-").click()
    looks(member, "certificate")
    number = member.page.locator("article p.num").first.inner_text()
    member.opens(f"/training/verify?number={number}")
    member.sees("证书有效")
    looks(member, "verified")
    assert not found, "\n".join(found)
