"""What pages say of a due date: until when, from what it is counted, and what is left of a period that stands still."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select

from app.domain.statute.mediation import RULES
from app.models import Deadline, db
from app.web.words import word
from tests.conftest import Today
from tests.flows.office import Office
from tests.web.test_coming_session import page


def test_a_day_that_is_over_is_not_called_one_before_which_there_is_time(office: Office, today: Today) -> None:
    case = office.served()
    places = ("/matters", f"/cases/{case.id}", f"/tasks/{case.task('statement', office.respondent)}")
    for path in places:
        assert "3月17日" in page(office, office.respondent, path)
    today.moves(days=20)
    for path in places:
        told = page(office, office.respondent, path)
        assert "已于3月17日到期" in told, path
        assert not re.search(r"截止 3月17日|3月17日 24:00 前", told), path


def test_who_is_to_confirm_an_agreement_reads_what_applies(office: Office) -> None:
    case = office.agreed()
    office.drafts(case)
    for path in ("/matters", f"/tasks/{case.task('confirm_agreement', office.respondent)}"):
        told = page(office, office.respondent, path)
        assert "答复没有法定期限" in told and "无期限" not in told


def test_the_reckoning_names_what_a_period_is_counted_from(office: Office) -> None:
    case = office.served()
    period = db.session.scalar(select(Deadline).where(Deadline.rule == "mediation.statement"))
    assert "3月2日，收到请求书副本之日" in page(office, office.respondent, f"/cases/{case.id}/clocks/{period.id}")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("mediation.session", "以调解通知书确定的日期为准"),
        ("agreement.performance", "以调解协议约定的日期为准，是休息日的，顺延到下一个工作日"),
    ],
)
def test_the_reckoning_says_what_named_a_day_that_is_not_counted(office: Office, rule: str, why: str) -> None:
    case = office.in_session() if rule == "mediation.session" else office.performing()
    period = db.session.scalar(select(Deadline).where(Deadline.case_id == case.id, Deadline.rule == rule))
    told = page(office, office.mediator, f"/cases/{case.id}/clocks/{period.id}")
    assert f"{why}，不需要计算。" in told


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_start_of_a_period_of_mediation_has_a_name(app: Flask, language: str) -> None:
    starts = {term.start for rule in RULES for term in rule.terms.values()}
    with app.test_request_context(), force_locale(language):
        assert all(word("start", start) != start for start in starts)


def test_a_period_that_stands_still_says_how_much_of_it_is_left(office: Office, today: Today) -> None:
    case = office.docketed()
    today.moves(days=2)
    office.requester.acts(case, "recuse", ground="interest", reason="曾任对方顾问", known_on="2026-03-02")
    period = db.session.scalar(select(Deadline).where(Deadline.case_id == case.id, Deadline.state == "paused"))
    for path in (f"/cases/{case.id}", f"/cases/{case.id}?tab=clocks", f"/cases/{case.id}/clocks/{period.id}"):
        assert re.search(r"已暂停 · 余 \d+ ", page(office, office.director, path)), path


def test_the_outline_names_the_way_that_a_case_went(office: Office) -> None:
    case = office.accepted()
    assert "本案走向：受理" in page(office, office.clerk, f"/cases/{case.id}/diagram")
