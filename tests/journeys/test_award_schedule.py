"""The award schedule at the desk and on a phone: drawn up by one, published by another; axe finds nothing on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.domain.roles import Role
from app.models import OrgUnit
from tests.flows.office import Office, Person, account
from tests.journeys.axe import SIZES, TOO_WIDE, bring_along, findings
from tests.journeys.visitor import Visitor


@pytest.fixture
def reviewer(office: Office, session: Session) -> Person:
    """Return who draws the schedule up."""
    user = account("xie", "谢敏仪", Role.REVIEWER, session.get_one(OrgUnit, office.unit.id))
    session.add(user)
    session.commit()
    person = Person(office.clerk.client, user.username, user.id, user.name)
    session.rollback()
    return person


def begins(visitor: Visitor) -> None:
    visitor.opens("/award-schedule")
    visitor.presses("起草新版本", "main")


@pytest.mark.slow
def test_a_version_is_drawn_up_by_one_and_published_by_another(
    opening: Callable[..., Visitor], reviewer: Person, office: Office
) -> None:
    found: list[str] = []
    looking = opening()
    bring_along(looking.context)
    looking.logs_in(reviewer)
    begins(looking)
    draft = looking.page.url.removeprefix(looking.url)
    found += findings(looking.page, "draft")
    looking.opens(f"{draft}/lines/AW05/2020-01-01")
    found += findings(looking.page, "line")
    looking.fills(amount="-1")
    looking.presses("保存这一行", "main")
    found += findings(looking.page, "line with an error")
    assert looking.page.locator(".field-error").count() == 1
    looking.fills(amount="350000")
    looking.presses("保存这一行", "main")
    looking.sees("350,000")
    looking.presses("提交发布", "main")
    found += findings(looking.page, "proposal with errors")
    looking.fills(effective_from="2027-01-01", reason="资金办法修订")
    looking.presses("提交发布", "main")
    looking.sees("等待部门负责人发布")
    found += findings(looking.page, "proposed")
    director = opening(viewport=SIZES[1])
    bring_along(director.context)
    director.logs_in(office.director)
    director.opens(draft)
    assert director.page.evaluate(TOO_WIDE) == 0
    found += findings(director.page, "to be published")
    director.page.locator("summary#publish").click()
    found += findings(director.page, "asked whether to publish")
    assert not found, "\n".join(found)
