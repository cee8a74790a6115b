"""Every form of an adjudication, and its case page at every turn: axe finds nothing, and no phone has to scroll."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import clock
from tests.conftest import Today
from tests.flows import test_adjudication as way
from tests.flows.office import Case, Person
from tests.flows.tribunal import Tribunal, build_tribunal
from tests.journeys.axe import bring_along, findings
from tests.journeys.visitor import Visitor

TABS = ("story", "documents", "clocks", "diagram", "notes")


@pytest.fixture
def office(app: Flask, session: Session) -> Tribunal:
    """Return the office with those who decide, whose facts are known by heart."""
    tribunal = build_tribunal(app, session)
    for one in (tribunal.unit, tribunal.requesting, tribunal.responding, tribunal.elsewhere):
        session.refresh(one)
    session.expunge_all()
    session.rollback()
    return tribunal


@dataclass
class Looking:
    """People who each have a browser window open, and look at what is theirs."""

    opening: Callable[..., Visitor]
    locale: str
    number: str = ""  # of the case, which is the same in every language
    found: list[str] = field(default_factory=list)
    windows: dict[str, Visitor] = field(default_factory=dict)

    def window(self, person: Person) -> Visitor:
        """Return the window of a person, who has logged in."""
        if person.username not in self.windows:
            visitor = self.opening(self.locale)
            bring_along(visitor.context)
            visitor.logs_in(person)
            if self.locale == "en":
                visitor.page.get_by_role("button", name="English").click()
            self.windows[person.username] = visitor
        return self.windows[person.username]

    def at(self, person: Person, path: str) -> None:
        """Look at a page as that person."""
        visitor = self.window(person)
        answer = visitor.page.goto(visitor.url + path)
        assert answer
        if "/login" in visitor.page.url:  # days have passed since
            visitor.types_name_and_password(person)
            visitor.opens(path)
        if answer.status != 200:
            self.found.append(f"{path}: {answer.status} for {person.username}")
            return
        if self.locale == "en":
            left = set(visitor.untranslated()) - {self.number}
            self.found += [f"{path} is not in English: {text}" for text in sorted(left)]
        else:
            self.found += findings(visitor.page, f"for {person.username}")

    def at_case(self, case: Case, *people: Person) -> None:
        """Look at the case, each of its tabs, and each act that is offered to those people."""
        for person in people:
            self.at(person, f"/cases/{case.id}")
            for tab in TABS:
                self.at(person, f"/cases/{case.id}?tab={tab}")
            for act in case.seen_by(person)["acts"]:
                self.at(person, f"/cases/{case.id}/acts/{act}")


@pytest.fixture
def looking(opening: Callable[..., Visitor], request: pytest.FixtureRequest) -> Looking:
    """Return people who look at pages in one language."""
    return Looking(opening, request.param)


IN_BOTH_LANGUAGES = pytest.mark.parametrize("looking", ["zh_CN", "en"], indirect=True)


class Steps:
    """Stands in for somebody: looks at the form of a task before it is answered."""

    def __init__(self, person: Person, looking: Looking) -> None:
        self.person = person
        self.looking = looking

    def __getattr__(self, name: str) -> Any:
        return getattr(self.person, name)

    def answers(self, case: Case, key: str, *expects: int, **answers: Any) -> Any:
        """Look at the form, then answer."""
        self.looking.number = case.number
        self.looking.at(self.person, f"/tasks/{case.task(key, self.person)}")
        return self.person.answers(case, key, *expects, **answers)


def seen_by_all(tribunal: Tribunal, looking: Looking) -> Tribunal:
    """Return the office in which everybody looks at a form before answering it."""
    for name in ("requester", "respondent", "clerk", "section_head", "director"):
        setattr(tribunal, name, Steps(getattr(tribunal, name), looking))
    tribunal.judges = [Steps(judge, looking) for judge in tribunal.judges]  # type: ignore[misc]
    return tribunal


@pytest.mark.slow
@IN_BOTH_LANGUAGES
def test_every_form_on_the_main_line_and_the_case_behind_it(looking: Looking, office: Tribunal, today: Today) -> None:
    tribunal = seen_by_all(office, looking)
    looking.at(office.requester, "/cases/new/adjudication")
    case = tribunal.has_answered()
    looking.at_case(case, office.presiding)
    looking.at(office.presiding, "/in-hand")
    way.examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    way.schedules(tribunal, case)
    tribunal.serves(case, "hearing_notice")
    today.moves(days=10, hours=1)
    way.holds(tribunal, case)
    way.signs(tribunal, case)
    way.decides(tribunal, case)
    way.serves_decision(tribunal, case)
    way.publishes(tribunal, case)
    for path in ("/decisions", "/decisions/1"):
        looking.at(office.respondent, path)
    found = {"performance": "performed", "on": clock.today().isoformat(), "detail": "现场核查，已停止制造、销售"}
    tribunal.presiding.answers(case, "check_performance", **found)
    looking.at_case(case, office.requester, office.supervisor)
    assert not looking.found, "\n".join(looking.found)


@pytest.mark.slow
@pytest.mark.parametrize("looking", ["zh_CN"], indirect=True)
def test_every_form_beside_the_main_line(looking: Looking, office: Tribunal) -> None:
    tribunal = seen_by_all(office, looking)
    case = tribunal.has_served()
    tribunal.respondent.acts(case, "object_jurisdiction", authority="广州市知识产权局", reason="侵权行为地在广州")
    tribunal.director.answers(case, "decide_jurisdiction", decision="rejected", reason="住所在本市")
    tribunal.serves(case, "panel_notice")
    asked = {"members": [tribunal.seat(case, tribunal.panel[1])], "ground": "interest", "reason": "曾任对方顾问"}
    tribunal.requester.acts(case, "recuse_member", **asked)
    looking.at_case(case, office.respondent)
    granted = {"recusal": 1, "decision": "upheld", "reason": "经核实有利害关系"}
    tribunal.director.answers(case, "decide_panel_recusal", decisions=[granted])
    looking.at(office.director, f"/tasks/{case.task('replace_member', office.director)}")
    tribunal.requester.acts(case, "withdraw_case", ground="other", reason="不再请求处理")
    looking.at(office.director, f"/tasks/{case.task('decide_withdrawal', office.director)}")
    other = tribunal.has_answered(right_number="ZL 2023 2 0518812.X", right_name="壶底")
    tribunal.presiding.acts(other, "suspend", ground="invalidation", reason="无效宣告请求已受理")
    tribunal.director.answers(other, "decide_suspension", decision="granted", reason="应当中止")
    looking.at_case(other, office.presiding)
    tribunal.presiding.acts(other, "resume", reason="维持专利权有效")
    tribunal.presiding.acts(other, "mediate", consent=True, reason="双方当庭同意")
    terms = {"talks": "agreed", "record": "双方协商一致", "terms": ["停止销售", "补偿五万元"], "amount": "50000.00"}
    tribunal.presiding.answers(other, "mediate_inside", **terms)
    for person in (tribunal.requester, tribunal.respondent):
        person.answers(other, "confirm_terms", answer="confirm", signed_name=person.name)
    tribunal.director.answers(other, "seal_terms", issued=True)
    looking.at(office.clerk, f"/tasks/{other.task('serve_terms', office.clerk)}")
    assert not looking.found, "\n".join(looking.found)
