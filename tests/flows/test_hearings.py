"""Hearings: who has to be there, and how the transcript is confirmed."""

from __future__ import annotations

import pytest

from app.domain.hearing_script import SCRIPT
from app.models import Case as CaseRow
from app.models import db
from app.queries import hearings
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case
from tests.flows.test_adjudication import comes_to_its_hearing, decides, examines_evidence, holds, schedules, signs
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser


@pytest.fixture
def begun(tribunal: Tribunal, today: Today) -> Case:
    """Return a case on the day of its hearing, of which both sides were told in time."""
    case = tribunal.has_answered()
    comes_to_its_hearing(tribunal, case, today)
    return case


def test_a_hearing_from_which_both_sides_stay_away_is_not_heard_by_default(tribunal: Tribunal, begun: Case) -> None:
    problem = holds(tribunal, begun, "heard_by_default", 422, attended=[])
    assert "请求人应当到场" in str(problem)
    assert "hold_hearing" in begun.open_keys()


def test_nobody_is_passed_over_as_if_the_hearing_had_been_held_with_them(tribunal: Tribunal, begun: Case) -> None:
    sides = {"被请求人没有到场": tribunal.requesting, "['请求人没有到场": tribunal.responding}
    for told, there in sides.items():
        problem = holds(tribunal, begun, "heard", 422, attended=[begun.party(there.name)])
        assert told in str(problem["errors"]["result"])


def test_who_was_not_told_of_the_hearing_is_not_passed_over(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    today.moves(days=10, hours=1)
    problem = holds(tribunal, case, "heard", 422, attended=[case.party(tribunal.requesting.name)])
    assert "登记" in str(problem["errors"]["result"])


def test_each_who_was_there_confirms_the_transcript_exactly_once(tribunal: Tribunal, begun: Case) -> None:
    holds(tribunal, begun)
    twice = [{"party": begun.party(tribunal.requesting.name), "how": "signed"}] * 2
    files = [tribunal.presiding.uploads("笔录.pdf")]
    problem = tribunal.presiding.answers(begun, "sign_transcript", 422, signatures=twice, files=files)
    assert "signatures-1-party" in problem["errors"]
    assert "sign_transcript" in begun.open_keys()


def test_the_signed_transcript_is_on_file_beside_the_one_that_was_read(tribunal: Tribunal, begun: Case) -> None:
    holds(tribunal, begun)
    assert begun.documents().count("hearing_transcript") == 1
    signs(tribunal, begun)
    assert begun.documents().count("hearing_transcript") == 2


def test_the_transcript_of_every_sitting_is_signed_by_those_who_were_there(
    tribunal: Tribunal, begun: Case, today: Today
) -> None:
    holds(tribunal, begun, "again", attended=[begun.party(tribunal.requesting.name)])
    schedules(tribunal, begun, days=11)
    tribunal.serves(begun, "hearing_notice")
    today.moves(days=11, hours=1)
    holds(tribunal, begun)
    signs(tribunal, begun)
    first, second = hearings.of_case(db.session(), db.session.get_one(CaseRow, begun.id))
    assert [s["name"] for s in first.signed] == [tribunal.requesting.name]
    assert {s["name"] for s in second.signed} == {tribunal.requesting.name, tribunal.responding.name}
    assert begun.documents().count("hearing_transcript") == 4


# -- another day -------------------------------------------------------------------------------------------------------


def to_be_heard(tribunal: Tribunal) -> Case:
    """Return a case whose hearing is on 12 March."""
    case = tribunal.has_answered()
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    schedules(tribunal, case)
    return case


def test_a_party_asks_for_another_day_three_days_before_at_the_latest(tribunal: Tribunal, today: Today) -> None:
    case = to_be_heard(tribunal)
    today.moves(days=7)  # 9 March
    tribunal.respondent.acts(case, "ask_reschedule", reason="代理人当日另有庭审")
    assert "reschedule_asked" in case.happened()
    today.moves(days=1)
    problem = tribunal.requester.acts(case, "ask_reschedule", 422, reason="法定代表人出差")
    assert "至 2026年3月9日" in str(problem["errors"]["reason"])
    late = {"attends": True, "people": [{"name": "王晨光"}], "another_day": "代理人当日另有庭审"}
    assert "another_day" in tribunal.respondent.answers(case, "hearing_reply", 422, **late)["errors"]


def test_the_panel_puts_the_hearing_off_and_sees_why_it_was_asked(tribunal: Tribunal) -> None:
    case = to_be_heard(tribunal)
    tribunal.respondent.acts(case, "ask_reschedule", reason="代理人当日另有庭审")
    holds(tribunal, case, "put_off", reason="代理人另有庭审，同意改期", attended=[])
    browser = Browser(tribunal.app)
    browser.logs_in(tribunal.presiding.username, PASSWORD)
    task = case.task("schedule_hearing", tribunal.presiding)
    assert "代理人当日另有庭审" in browser.gets(f"/tasks/{task}").text


def test_there_is_no_other_day_without_a_hearing_ahead(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    tribunal.requester.acts(case, "ask_reschedule", 409, reason="出差")
    examines_evidence(tribunal, case)
    tribunal.presiding.answers(case, "choose_trial", way="hearing")
    assert "没有将要进行" in str(tribunal.requester.acts(case, "ask_reschedule", 422, reason="出差"))
    tribunal.stranger.acts(case, "ask_reschedule", 404, reason="出差")


def test_the_people_who_were_there_stand_in_the_transcript_and_in_the_decision(tribunal: Tribunal, begun: Case) -> None:
    theirs = begun.party(tribunal.responding.name)
    people = [{"party": theirs, "name": "邓国强", "capacity": "法定代表人"}]
    ours = [begun.party(tribunal.requesting.name)]
    away = holds(tribunal, begun, "heard_by_default", 422, attended=ours, people=people)
    assert "people-0-party" in away["errors"]
    holds(tribunal, begun, people=people)
    assert f"{tribunal.responding.name}（邓国强，法定代表人）" in says(begun, "hearing_transcript")["attended"]
    signs(tribunal, begun)
    decides(tribunal, begun)
    came = {one["name"]: one["people"] for one in says(begun, "adjudication_decision")["attended"]}
    assert came[tribunal.responding.name] == ["邓国强（法定代表人）"]


def test_a_suspended_case_shows_where_it_stood_and_says_why_its_steps_wait(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    task = case.task("set_evidence_period", tribunal.presiding)
    tribunal.presiding.acts(case, "suspend", ground="other", reason="等待检索")
    tribunal.director.answers(case, "decide_suspension", decision="granted", reason="同意")
    browser = Browser(tribunal.app)
    browser.logs_in(tribunal.presiding.username, PASSWORD)
    assert "案件已经中止，恢复后再办理" in browser.gets(f"/tasks/{task}").text
    assert 'class="stages"' in browser.gets(f"/cases/{case.id}").text


def test_a_transcript_names_the_panel_of_the_day_of_the_hearing(tribunal: Tribunal, begun: Case) -> None:
    was = tribunal.panel[2]
    seat = tribunal.seat(begun, was)
    recorder = says(begun, "panel_notice")["panel"]["recorder"]
    tribunal.director.acts(begun, "change_panel", seat=seat, member=tribunal.judges[3].id, reason="调离")
    tribunal.director.acts(begun, "change_recorder", recorder=tribunal.judges[4].id, reason="调离")
    holds(tribunal, begun)
    transcript = says(begun, "hearing_transcript")
    assert was.name in transcript["panel"]["members"] and tribunal.judges[3].name not in str(transcript["panel"])
    assert transcript["recorder"] == recorder != tribunal.judges[4].name
    assert transcript["date"] == transcript["at"][:10]
    assert tribunal.judges[3].name in says(begun, "panel_notice")["panel"]["members"]


def test_what_nobody_said_is_no_transcript(tribunal: Tribunal, begun: Case) -> None:
    asked = [{"part": part.code, "text": part.words} for part in SCRIPT]
    told = holds(tribunal, begun, expects=422, script=asked)["errors"]
    spoken = [n for n, part in enumerate(SCRIPT) if part.spoken]
    assert {f"script-{n}-text" for n in spoken} <= set(told)
    only_said_by_the_office = [one for one, part in zip(asked, SCRIPT, strict=True) if not part.spoken]
    assert "script" in holds(tribunal, begun, expects=422, script=only_said_by_the_office)["errors"]
    assert "hold_hearing" in begun.open_keys()
