"""What happens on an ordinary day: lost connections, impatient clicks, lists worked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.domain.states import State
from tests.flows.office import POINTS, Case, Office
from tests.journeys.mediation import Journey
from tests.journeys.visitor import Visitor

START = "/cases/new/mediation"
GROUP = "/workbench?queue=group"
FACTS = "请求人在展会上发现被请求人销售与其外观设计相同的电热水壶。"


def task_of(case: Case, office: Office) -> str:
    return f"/tasks/{case.task('formality_check', office.clerk)}"


def draft_says(page: Page, words: str) -> None:
    expect(page.locator("[data-draft-state]")).to_contain_text(words)


def happened(case: Case, kind: str) -> int:
    return case.happened().count(kind)


# -- drafts ------------------------------------------------------------------------------------------------------------


def test_what_was_typed_is_there_after_a_closed_tab_and_a_logout(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    visitor.opens(START)
    visitor.fills(facts=FACTS, right_type="design")
    visitor.uploads("right_files", "专利登记簿副本.pdf")
    draft_says(visitor.page, "草稿已保存")
    visitor.page.close()
    visitor.page = visitor.context.new_page()
    visitor.opens("/matters")
    visitor.logs_out()
    visitor.logs_in(office.requester)
    visitor.follows("继续填写")
    expect(visitor.page.locator("[name=facts]")).to_have_value(FACTS)
    expect(visitor.page.locator("[name=right_type][value=design]")).to_be_checked()
    visitor.sees("专利登记簿副本.pdf")


def test_nobody_else_finds_my_draft_on_the_same_computer(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    visitor.fills(facts=FACTS)
    draft_says(visitor.page, "草稿已保存")
    visitor.logs_out()
    visitor.logs_in(office.stranger, at=START)
    expect(visitor.page.locator("[name=facts]")).to_have_value("")


def test_without_a_connection_nothing_that_was_typed_is_lost(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    visitor.context.set_offline(True)
    visitor.fills(facts=FACTS)
    draft_says(visitor.page, "草稿没有保存到服务器，已留在本机")
    visitor.context.set_offline(False)
    draft_says(visitor.page, "草稿已保存")
    visitor.page.reload()
    expect(visitor.page.locator("[name=facts]")).to_have_value(FACTS)


def test_a_copy_that_never_left_this_computer_is_offered_again(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    visitor.context.set_offline(True)
    visitor.fills(facts=FACTS)
    draft_says(visitor.page, "草稿没有保存到服务器，已留在本机")
    visitor.page.close(run_before_unload=False)
    visitor.context.set_offline(False)
    visitor.page = visitor.context.new_page()
    visitor.opens(START)
    visitor.presses("恢复这份草稿")
    expect(visitor.page.locator("[name=facts]")).to_have_value(FACTS)


# -- sending once ------------------------------------------------------------------------------------------------------


def test_an_impatient_double_click_sends_once(visitor: Visitor, office: Office) -> None:
    case = office.files()
    visitor.logs_in(office.clerk, at=task_of(case, office))
    visitor.fills(check="accept", points=POINTS)
    visitor.button("提交审查结论").dblclick()
    visitor.sees("已提交")
    assert happened(case, "request_accepted") == 1


def test_the_same_answer_from_a_second_window_is_refused_in_words(visitor: Visitor, office: Office) -> None:
    case = office.files()
    visitor.logs_in(office.clerk, at=task_of(case, office))
    second = visitor.context.new_page()
    second.goto(visitor.page.url)
    for page in (visitor.page, second):
        page.locator("[name=check][value=accept]").check()
        for point in POINTS:
            page.locator(f"[name=points][value={point}]").check()
        with page.expect_response(lambda answer: answer.request.method == "POST" and "/tasks/" in answer.url) as got:
            page.get_by_role("button", name="提交审查结论").click()
    assert got.value.status == 409
    assert "已" in second.locator("main").inner_text()
    assert happened(case, "request_accepted") == 1
    assert case.state == State.SERVING


def test_the_back_button_after_sending_leads_to_the_case(visitor: Visitor, office: Office) -> None:
    case = office.files()
    visitor.logs_in(office.clerk, at=task_of(case, office))
    visitor.fills(check="accept", points=POINTS)
    visitor.presses("提交审查结论")
    visitor.sees("已提交")
    visitor.page.go_back()
    visitor.sees("这一任务已经办结")
    assert visitor.heading() == case.number


def test_the_back_button_after_filing_leads_to_my_matters_and_before_it_to_the_answers(
    visitor: Visitor, office: Office
) -> None:
    journey = Journey(visitor, office)
    visitor.logs_in(office.requester, at=START)
    journey.fill_request()
    visitor.presses("下一步：核对")
    visitor.sees("专利登记簿副本.pdf")  # the page that shows the answers is there: only then is there a way back
    visitor.page.go_back()
    expect(visitor.page.locator("[name=respondents-0-name]")).to_have_value(office.responding.name)
    visitor.page.go_forward()
    visitor.presses("提交请求")
    journey.stands(State.REQUESTED)
    visitor.page.go_back()
    visitor.sees("没有等待核对的请求")


def test_a_party_that_is_added_is_a_company_until_somebody_says_otherwise(visitor: Visitor, office: Office) -> None:
    visitor.logs_in(office.requester, at=START)
    rows = visitor.page.locator("[data-rows=respondents]")
    rows.locator("[name=respondents-0-kind][value=individual]").check()
    rows.get_by_role("button", name="再加一行").click()
    expect(rows.locator("[name=respondents-1-kind][value=enterprise]")).to_be_checked()
    expect(rows.locator("[name=respondents-1-uscc]")).to_be_visible()
    expect(rows.locator("[name=respondents-1-name]")).to_have_value("")


# -- the inbox ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_cases(office: Office) -> list[Case]:
    return [office.files(), office.files(right_name="电饭煲")]


def rows(page: Page) -> Locator:
    return page.locator("[data-inbox] [data-row]")


def test_the_inbox_is_worked_by_keyboard(visitor: Visitor, office: Office, two_cases: list[Case]) -> None:
    visitor.logs_in(office.clerk, at=GROUP)
    keys, page = visitor.page.keyboard, visitor.page
    first, second = rows(page).nth(0), rows(page).nth(1)
    for key, current, other in (("j", first, second), ("j", second, first), ("k", first, second)):
        keys.press(key)
        expect(current).to_have_attribute("aria-current", "true")
        expect(other).not_to_have_attribute("aria-current", "true")
    keys.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("dialog#keys")).not_to_be_visible()
    number = first.locator(".sub.num").first.inner_text()
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text(number)
    page.go_back()
    keys.press("j")
    keys.press("c")
    visitor.sees("已认领")


def test_a_task_is_claimed_released_with_a_reason_and_handed_over(visitor: Visitor, office: Office) -> None:
    case = office.files()
    path = task_of(case, office)
    visitor.logs_in(office.clerk, at=GROUP)
    visitor.page.locator("[data-claim]").click()
    visitor.sees("已认领")
    visitor.page.locator("summary#release").click()
    visitor.page.locator("#release-reason").fill("下午外出")
    visitor.presses("放回队列", within=".confirm[open]")
    visitor.sees("已放回队列")
    visitor.opens(path)
    visitor.presses("认领")
    visitor.page.locator("summary#hand-over").click()
    visitor.page.locator("[name=to]").select_option(str(office.second_clerk.id))
    visitor.page.locator("#hand-over-reason").fill("梁国强熟悉这类案件")
    visitor.presses("移交", within=".confirm[open]")
    visitor.sees("已移交")
    visitor.logs_out()
    visitor.logs_in(office.second_clerk)
    expect(rows(visitor.page)).to_have_count(1)


def test_many_are_claimed_at_once_with_a_result_for_each(
    visitor: Visitor, opening: Callable[..., Visitor], office: Office, two_cases: list[Case]
) -> None:
    visitor.logs_in(office.clerk, at=GROUP)
    colleague = opening()
    colleague.logs_in(office.second_clerk, at=task_of(two_cases[0], office))
    colleague.presses("认领")
    colleague.sees("已认领")
    visitor.page.locator("[data-select-all]").check()
    visitor.presses("认领所选")
    results = visitor.page.locator("tbody tr")
    expect(results).to_have_count(2)
    expect(visitor.page.locator("tbody .badge", has_text="已办理")).to_have_count(1)
    expect(visitor.page.locator("tbody .badge", has_text="未办理")).to_have_count(1)


def test_a_filter_is_kept_as_a_view(visitor: Visitor, office: Office, two_cases: list[Case]) -> None:
    visitor.logs_in(office.clerk, at=f"{GROUP}&text={two_cases[1].number}")
    expect(rows(visitor.page)).to_have_count(1)
    visitor.page.locator("summary", has_text="存为视图").click()
    visitor.fills(name="电饭煲")
    visitor.presses("保存")
    visitor.sees("视图已保存")
    visitor.opens("/workbench")
    visitor.follows("电饭煲")
    expect(rows(visitor.page)).to_have_count(1)
    visitor.sees(two_cases[1].number)


# -- without scripts, and after a long lunch ---------------------------------------------------------------------------


def test_without_scripts_a_request_is_filed_and_a_task_answered(
    opening: Callable[..., Visitor], office: Office
) -> None:
    plain = opening(java_script_enabled=False)
    journey = Journey(plain, office)
    plain.logs_in(office.requester, at=START)
    journey.fill_request()
    plain.presses("下一步：核对")
    plain.sees("专利登记簿副本.pdf")
    plain.presses("提交请求")
    journey.stands(State.REQUESTED)
    journey.number = plain.heading()
    plain.logs_out()
    journey.formality_check()


def test_after_a_long_pause_one_logs_in_and_is_back(
    visitor: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.logs_in(office.clerk, at=GROUP)
    later = clock.wall() + 31 * 60
    monkeypatch.setattr(clock, "wall", lambda: later)
    visitor.page.reload()
    visitor.sees("长时间未操作后需要重新登录")
    visitor.types_name_and_password(office.clerk)
    assert visitor.page.url.endswith(GROUP)


# -- the diagram -------------------------------------------------------------------------------------------------------


def test_the_diagram_counts_the_cases_that_wait_in_a_step(
    visitor: Visitor, office: Office, two_cases: list[Case]
) -> None:
    visitor.logs_in(office.supervisor, at="/supervision/bottlenecks")
    counts = visitor.page.locator(".diagram-count")
    expect(counts).to_have_text([str(len(two_cases))])
    expect(counts).to_be_visible()
