"""Who helps the panel: the recorder, appraisers, interpreters may be asked to step aside too, and be replaced."""

from __future__ import annotations

from typing import Any

from app.models import EvidenceMeasure, Recusal, Task, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case
from tests.flows.test_evidence import granted
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser


def told(tribunal: Tribunal) -> Case:
    """Return a case whose parties know who sits and who keeps the record."""
    case = tribunal.has_answered()
    tribunal.serves(case, "panel_notice")
    return case


def asks(tribunal: Tribunal, case: Case, expects: int = 200, **whom: Any) -> Any:
    """Let the respondent ask that somebody step aside."""
    return tribunal.respondent.acts(
        case, "recuse_member", expects, ground="interest", reason="近亲属在对方任职", **whom
    )


def decides(tribunal: Tribunal, case: Case, **by_name: str) -> None:
    """Let the director decide on each request that waits, by the name of whom it is about."""
    db.session.rollback()
    rows = db.session.query(Recusal).filter_by(case_id=case.id, decision=None).order_by(Recusal.id)
    entries = [{"recusal": r.id, "decision": by_name[r.capacity], "reason": "经核实"} for r in rows]
    db.session.rollback()
    tribunal.director.answers(case, "decide_panel_recusal", decisions=entries)


def test_a_recorder_who_has_to_step_aside_is_replaced_and_everybody_is_told(tribunal: Tribunal) -> None:
    case = told(tribunal)
    asks(tribunal, case, assistants=["recorder"])
    assert "书记员" in says(case, "recusal_application")["official"]
    tribunal.presiding.answers(case, "set_evidence_period", period=False, reason="齐备")  # the panel itself goes on
    decides(tribunal, case, recorder="upheld")
    assert "recorder" in tribunal.director.answers(case, "replace_member", 422)["errors"]
    new = tribunal.judges[3]
    on_panel = tribunal.director.answers(case, "replace_member", 422, recorder=tribunal.presiding.id)
    assert "recorder" in on_panel["errors"]
    tribunal.director.answers(case, "replace_member", recorder=new.id)
    notice = says(case, "panel_notice")
    assert notice["panel"]["recorder"] == new.name and notice["replaced"][0]["post"] == "书记员"


def test_what_somebody_had_in_hand_who_steps_aside_goes_back_to_the_queue(tribunal: Tribunal) -> None:
    case = tribunal.has_docketed()
    serving = next(t for t in tribunal.seen(case)["tasks"] if t["key"] == "serve_case")
    tribunal.clerk.does(f"/tasks/{serving['id']}/claim")
    tribunal.director.acts(case, "change_recorder", recorder=tribunal.clerk.id, reason="调整")
    asks(tribunal, case, assistants=["recorder"])
    decides(tribunal, case, recorder="upheld")
    db.session.rollback()
    row = db.session.get_one(Task, serving["id"])
    assert (row.state, row.assignee_id, row.announce_at is not None) == ("open", None, True)
    assert "task_released" in [e["kind"] for e in case.seen_by(tribunal.second_clerk)["events"]]
    tribunal.second_clerk.does(f"/tasks/{serving['id']}/claim")


def test_an_appraiser_who_has_to_step_aside_ends_the_appraisal(tribunal: Tribunal, today: Today) -> None:
    case = told(tribunal)
    measure = granted(tribunal, case, "appraisal", matters=["特征是否相同"], finish_by="2026-04-01")
    assert "assistants" in asks(tribunal, case, 422, assistants=["measure-99"])["errors"]
    asks(tribunal, case, assistants=[f"measure-{measure}"], other_person="翻译人员李某")
    again = asks(tribunal, case, 422, other_person="翻译人员李某")
    assert "正在审查" in str(again["errors"])
    today.moves(days=1)
    decides(tribunal, case, appraiser="upheld", other="rejected")
    assert "others" in tribunal.director.answers(case, "replace_member", 422)["errors"]
    task = case.task("replace_member", tribunal.director)
    director = Browser(tribunal.app)
    director.logs_in(tribunal.director.username, PASSWORD)
    page = director.gets(f"/tasks/{task}").text
    assert "回避的人" in page and "鉴定人" in page and "可指定的人员" not in page
    before = case.documents().count("panel_notice")
    tribunal.director.answers(case, "replace_member", others="另行委托其他鉴定机构")
    assert "recusal_followed" in [e["kind"] for e in tribunal.seen(case)["events"]]
    assert case.documents().count("panel_notice") == before  # the panel is as it was
    db.session.rollback()
    assert db.session.get_one(EvidenceMeasure, measure).ended_on is not None
    assert case.due("adjudication.close") == "2026-06-02"  # of the one day of appraisal none was a whole one


def test_both_sides_are_told_who_comes_in_the_place_of_an_interpreter(tribunal: Tribunal) -> None:
    case = told(tribunal)
    asks(tribunal, case, other_person="翻译人员李某")
    decides(tribunal, case, other="upheld")
    before = case.documents().count("panel_notice")
    tribunal.director.answers(case, "replace_member", others="由翻译人员王某接替")
    assert case.documents().count("panel_notice") == before + 1
    assert says(case, "panel_notice")["replaced"] == [{"out": "翻译人员李某", "in": "由翻译人员王某接替", "post": ""}]


def test_somebody_has_to_be_meant(tribunal: Tribunal) -> None:
    case = told(tribunal)
    assert "members" in asks(tribunal, case, 422)["errors"]


def test_a_recorder_who_cannot_go_on_is_replaced(tribunal: Tribunal) -> None:
    case = told(tribunal)
    new = tribunal.judges[4]
    recorder = says(case, "panel_notice")["panel"]["recorder"]
    tribunal.director.acts(case, "change_recorder", recorder=new.id, reason="调离")
    assert says(case, "panel_notice")["replaced"] == [{"out": recorder, "in": new.name, "post": "书记员"}]
    same = tribunal.director.acts(case, "change_recorder", 422, recorder=new.id, reason="再换")
    assert "recorder" in same["errors"]
    asks(tribunal, case, assistants=["recorder"])
    waits = tribunal.director.acts(case, "change_recorder", 422, recorder=tribunal.judges[3].id, reason="再换")
    assert "正在审查" in str(waits["errors"])


def test_who_keeps_the_record_takes_no_seat(tribunal: Tribunal) -> None:
    case = told(tribunal)
    new = tribunal.judges[4]
    tribunal.director.acts(case, "change_recorder", recorder=new.id, reason="调离")
    seat = tribunal.seat(case, tribunal.panel[2])
    refused = tribunal.director.acts(case, "change_panel", 422, seat=seat, member=new.id, reason="调离")
    assert "member" in refused["errors"]
