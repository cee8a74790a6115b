"""What is shown when something does not go as it should."""

from __future__ import annotations

from contextvars import Context
from datetime import date, datetime
from io import BytesIO

from flask import Flask
from sqlalchemy import text, update

from app.domain.errors import RuleBroken
from app.edge.files import MOST, SECONDS
from app.models import Throttle, db
from app.services import throttling
from app.services.changing import changing
from tests.conftest import Today
from tests.flows.office import PASSWORD, PDF, Office
from tests.web.browser import Browser


def test_a_page_that_is_not_there_says_so_in_words(app: Flask) -> None:
    answer = app.test_client().get("/nothing-here")
    assert answer.status_code == 404
    assert "<h1" in answer.text


def test_without_a_database_a_page_still_speaks(app: Flask) -> None:
    db.session.execute(text("DROP TABLE setting"))
    db.session.commit()
    answer = app.test_client().get("/guides")
    assert answer.status_code == 503
    assert "暂时无法使用" in answer.text


def test_whoever_was_signed_out_is_led_back_to_the_form_through_the_login(office: Office) -> None:
    case = office.docketed()
    form = f"/tasks/{case.task('schedule_session', office.mediator)}"
    browser = Browser(office.app)  # with nobody signed in any more
    came_from = {"Referer": f"http://localhost{form}"}
    answer = Context().run(browser.client.post, form, data={"venue": "302"}, headers=came_from)
    assert answer.status_code == 401
    assert "您已经退出登录" in answer.text and "没有看懂" not in answer.text
    assert f'href="/login?next={form}"' in answer.text


def test_a_form_that_is_too_large_is_refused_in_words_and_leads_back_to_what_was_typed(office: Office) -> None:
    office.app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    case = office.docketed()
    form = f"/tasks/{case.task('schedule_session', office.mediator)}"
    browser = Browser(office.app)
    browser.logs_in(office.mediator.username, PASSWORD)
    much = {"data": b"0" * 1024 * 1200, "content_type": "multipart/form-data; boundary=x"}
    came_from = {"Referer": f"http://localhost{form}"}
    answer = Context().run(browser.client.post, form, **much, headers=came_from)
    assert answer.status_code == 413
    assert "合计不能超过 1 MB" in answer.text and f'href="{form}"' in answer.text
    answer = Context().run(browser.client.post, "/files", **much)
    assert answer.status_code == 413
    assert "不能超过 1 MB" in answer.json["error"]


def test_an_address_that_is_too_long_gets_a_page_or_a_problem_like_every_other_refusal(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    told = browser.gets(f"/cases?text={'a' * 5000}", expects=414)
    assert "地址过长" in told.text
    problem = office.clerk.sees(f"/tasks?queue=mine&cursor={'a' * 5000}", expects=414)
    assert (problem["status"], problem["title"]) == (414, "地址过长")


def test_nobody_uploads_without_end(office: Office, today: Today) -> None:
    throttling.add(db.session(), f"upload:{office.clerk.id}", SECONDS // 60)
    with changing(db.session):
        db.session.execute(update(Throttle).values(tries=MOST - 1))
    assert office.clerk.uploads("第二百份.pdf")
    problem = office.clerk.uploads("第二百零一份.pdf", expects=429)
    assert "过于频繁" in problem["detail"]
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    file = {"file": (BytesIO(PDF), "页面.pdf"), "csrf_token": browser.token()}
    answer = Context().run(browser.client.post, "/files", data=file)
    assert (answer.status_code, list(answer.json)) == (429, ["error"])
    assert office.requester.uploads("别人的.pdf")  # each person for themselves
    today.moves(minutes=10)
    assert office.clerk.uploads("过后.pdf")


def test_who_comes_too_late_is_told_once_and_led_to_the_case(office: Office) -> None:
    case = office.docketed()
    form = f"/tasks/{case.task('schedule_session', office.mediator)}"
    office.schedules(case)
    browser = Browser(office.app)
    browser.logs_in(office.mediator.username, PASSWORD)
    told = browser.posts(f"{form}/claim", expects=409).text
    assert told.count("已经办过了，没有重复办理") == 2  # the title and the heading
    assert "刷新" not in told.split("<main", 1)[1].split("</main>", 1)[0]
    assert f'href="{form}"' in told


def test_a_party_is_led_from_the_workbench_to_its_matters_and_hears_nothing_of_colleagues(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.requester.username, PASSWORD)
    assert browser.gets("/workbench", expects=303).location == "/matters"
    told = browser.gets("/supervision", expects=403).text
    assert "部门负责人" not in told and "我的事项" in told


def test_a_wrong_address_is_not_called_a_submission(office: Office) -> None:
    browser = Browser(office.app)
    browser.logs_in(office.clerk.username, PASSWORD)
    told = browser.gets("/cases?cursor=nonsense", expects=422).text
    assert "地址不对" in told and "这样不能提交" not in told


def test_a_day_in_a_refusal_is_written_out_in_the_readers_language() -> None:
    refusal = RuleBroken("期限已于 %(due)s 届满，不能再提交", due=date(2026, 12, 6), at=datetime(2026, 12, 6, 10))
    assert refusal.params_in("zh", str) == {"due": "2026年12月6日", "at": "2026年12月6日 10:00"}
    assert RuleBroken("%(day)s", day="2026-09-31").params_in("en", str) == {"day": "2026-09-31"}
    assert refusal.params_in("en", str) == {"due": "6 Dec 2026", "at": "6 Dec 2026, 10:00"}
