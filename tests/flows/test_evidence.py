"""The evidence of an adjudication: when it is late, who takes it, what is recorded of a measure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.models import Evidence, EvidenceMeasure, db
from tests.conftest import Today
from tests.flows.office import PASSWORD, Case, Person
from tests.flows.test_adjudication import examines_evidence
from tests.flows.tribunal import Tribunal, says
from tests.web.browser import Browser

MORE = {"evidence": [{"title": "合同", "proves": "销售"}], "reason": "刚刚取得"}


def gives_time(tribunal: Tribunal, days: int = 15) -> Case:
    """Return a case in which both sides have so many days from today for their evidence."""
    case = tribunal.has_answered()
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=days)
    tribunal.serves(case, "evidence_notice")
    return case


def last_piece(case: Case) -> Evidence:
    """Return the piece that was entered last."""
    db.session.rollback()
    rows = db.session.query(Evidence).filter_by(case_id=case.id)
    return rows.order_by(Evidence.place.desc()).limit(1).one()


def granted(tribunal: Tribunal, case: Case, kind: str, **changes: Any) -> int:
    """Return the id of a measure that the panel proposed and the director allowed."""
    wanted = {"kind": kind, "of": "顺德某五金厂", "reason": "查明被控产品的结构", **changes}
    tribunal.presiding.acts(case, "propose_measure", **wanted)
    tribunal.reviews_measure(case)
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意")
    db.session.rollback()
    rows = db.session.query(EvidenceMeasure.id).filter_by(case_id=case.id)
    return int(rows.order_by(EvidenceMeasure.id.desc()).limit(1).scalar())


def records(tribunal: Tribunal, case: Case, measure: int, expects: int = 200, **changes: Any) -> Any:
    """Let the one who presides record, with a colleague, how a measure was carried out in the last hour."""
    good = {
        "measure": measure,
        "began": (clock.now() - timedelta(minutes=40)).isoformat(),
        "ended": (clock.now() - timedelta(minutes=10)).isoformat(),
        "venue": "被请求人的车间",
        "officials": [p.id for p in tribunal.panel[:2]],
        "present": [{"name": "邓国强", "unit": "车间主任"}],
        "told": "出示执法证件，告知权利义务",
        "record": "现场有被控产品三台",
        "files": [tribunal.presiding.uploads("签名的笔录.pdf")],
    }
    return tribunal.presiding.acts(case, "record_measure", expects, **{**good, **changes})


def closes(case: Case) -> str:
    """Return when the case has to be closed."""
    return str(case.due("adjudication.close"))


def test_who_handed_in_before_is_late_all_the_same_after_the_period(tribunal: Tribunal, today: Today) -> None:
    case = gives_time(tribunal)
    tribunal.requester.answers(case, "hand_in_evidence", evidence=[{"title": "检测报告", "proves": "结构"}])
    tribunal.requester.acts(case, "submit_evidence", **MORE)
    assert not last_piece(case).late
    tribunal.let_pass(today, 16)
    tribunal.requester.acts(case, "submit_evidence", **MORE)
    assert last_piece(case).late


def test_paper_counts_from_the_day_on_which_the_office_received_it(tribunal: Tribunal, today: Today) -> None:
    case = gives_time(tribunal)
    in_time = clock.today().isoformat()
    tribunal.let_pass(today, 16)
    party, files = case.party(tribunal.responding.name), [tribunal.clerk.uploads("证据清单.pdf")]
    tribunal.clerk.acts(case, "submit_evidence", **MORE, party=party, files=files, received_on=in_time)
    piece = last_piece(case)
    assert (piece.late, piece.handed_in_on.isoformat()) == (False, in_time)
    files = [tribunal.clerk.uploads("证据清单.pdf")]
    tribunal.clerk.acts(case, "submit_evidence", **MORE, party=party, files=files)
    assert last_piece(case).late


def test_a_party_does_not_say_itself_when_it_handed_in(tribunal: Tribunal, today: Today) -> None:
    case = gives_time(tribunal)
    in_time = clock.today().isoformat()
    tribunal.let_pass(today, 16)
    problem = tribunal.respondent.acts(case, "submit_evidence", 422, **MORE, received_on=in_time)
    assert "received_on" in problem["errors"]


def test_who_was_not_told_of_the_period_is_waited_for(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    tribunal.presiding.answers(case, "set_evidence_period", period=True, days=15)
    case.has_made("evidence_notice")
    document = next(d["id"] for d in reversed(tribunal.seen(case)["documents"]) if d["kind"] == "evidence_notice")
    on = clock.today().isoformat()
    told = {"document": document, "method": "post", "sent_on": on, "result": "received", "received_on": on}
    tribunal.clerk.acts(case, "register_service", party=case.party(tribunal.requesting.name), **told)
    tribunal.let_pass(today, 20)
    assert "examine_evidence" not in case.open_keys()
    tribunal.serves(case, "evidence_notice")
    tribunal.let_pass(today, 17)  # the fifteenth day is a holiday
    assert "examine_evidence" in case.open_keys()


def test_the_text_of_2015_knows_no_period_for_evidence(tribunal: Tribunal, today: Today) -> None:
    today.is_at("2025-01-20 10:00")
    case = tribunal.has_answered()
    problem = tribunal.presiding.answers(case, "set_evidence_period", 422, period=True, days=15)
    assert "没有举证期限" in str(problem["errors"]["period"])
    tribunal.presiding.answers(case, "set_evidence_period", period=False, reason="各方都表示不再举证")
    tribunal.requester.acts(case, "submit_evidence", **MORE)
    assert not last_piece(case).late


def test_the_same_days_given_to_both_sides_count_once(tribunal: Tribunal) -> None:
    case = gives_time(tribunal)
    for company in (tribunal.requesting, tribunal.responding):
        files = [tribunal.presiding.uploads("申请书.pdf")]
        more = {"party": case.party(company.name), "days": 10, "reason": "境外取证", "files": files}
        tribunal.presiding.acts(case, "extend_evidence", **more)
    assert closes(case) == "2026-06-12"


def test_the_trial_begins_when_the_evidence_is_examined(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    assert case.state == "gathering"
    examines_evidence(tribunal, case)
    assert case.state == "trying"


def test_what_comes_after_the_numbering_is_numbered_too(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    new = {"examined": [{"evidence": 0, "number": "请证9", "opinion": "不予认可"}]}
    tribunal.presiding.acts(case, "examine_new_evidence", 422, **new)  # none has a number yet
    examines_evidence(tribunal, case)
    tribunal.presiding.acts(case, "examine_new_evidence", 422, **new)  # all of them have
    tribunal.requester.acts(case, "submit_evidence", **MORE)
    first, *_rest, last = tribunal.evidence(case)
    new["examined"][0]["evidence"] = first
    tribunal.presiding.acts(case, "examine_new_evidence", 422, **new)
    new["examined"][0]["evidence"] = last
    taken = {"examined": [{**new["examined"][0], "number": "证1"}]}
    assert "重复" in str(tribunal.presiding.acts(case, "examine_new_evidence", 422, **taken)["errors"])
    assert "examine_new_evidence" not in case.seen_by(tribunal.panel[1])["acts"]
    tribunal.presiding.acts(case, "examine_new_evidence", **new)
    db.session.rollback()
    piece = db.session.get_one(Evidence, last)
    assert (piece.number, piece.opinions) == ("请证9", {"other": "不予认可"})
    db.session.rollback()
    assert case.documents().count("evidence_list") >= 3


def test_an_inspection_is_made_by_two_of_the_office_before_a_witness(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    measure = granted(tribunal, case, "inspection")
    today.moves(days=1)
    assert "officials" in records(tribunal, case, measure, 422, officials=[tribunal.presiding.id])["errors"]
    stranger = [tribunal.presiding.id, tribunal.requester.id]
    assert "officials" in records(tribunal, case, measure, 422, officials=stranger)["errors"]
    assert "present" in records(tribunal, case, measure, 422, present=[])["errors"]
    records(tribunal, case, measure)
    assert "inspection_record" in case.documents()
    piece = last_piece(case)
    assert (piece.party_id, piece.title) == (None, "现场检查、勘验（顺德某五金厂）")
    assert "measure" in records(tribunal, case, measure, 422)["errors"]


def test_who_carried_a_measure_out_is_read_by_name(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    measure = granted(tribunal, case, "inspection")
    today.moves(days=1)
    records(tribunal, case, measure, officials=[tribunal.presiding.id, tribunal.judges[4].id])
    browser = Browser(tribunal.app)
    browser.logs_in(tribunal.director.username, PASSWORD)
    told = browser.gets(f"/cases/{case.id}?tab=answers").text
    assert tribunal.judges[4].name in told


def test_a_measure_is_not_carried_out_before_it_is_allowed(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    today.moves(days=1)
    measure = granted(tribunal, case, "investigation")
    early = {"began": (clock.now() - timedelta(days=1)).isoformat()}
    assert "began" in records(tribunal, case, measure, 422, **early)["errors"]
    backwards = {"began": clock.now().isoformat()}
    assert "ended" in records(tribunal, case, measure, 422, **backwards)["errors"]
    assert "investigation_record" not in case.documents()


def test_samples_are_listed_with_how_many_there_are(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    measure = granted(tribunal, case, "sampling")
    today.moves(days=1)
    assert "things" in records(tribunal, case, measure, 422)["errors"]
    records(tribunal, case, measure, 422, things=[{"name": "电热水壶"}])
    records(tribunal, case, measure, things=[{"name": "电热水壶", "quantity": 2}])
    assert {"sampling_decision", "sampling_list"} <= set(case.documents())


def test_the_case_stands_still_until_the_last_appraisal_is_in(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    wanted = {"matters": ["特征是否相同"], "finish_by": "2026-05-01"}
    first, second = (granted(tribunal, case, "appraisal", of=of, **wanted) for of in ("甲鉴定所", "乙鉴定所"))
    today.moves(days=10)
    records(tribunal, case, first, concluded=True)
    today.moves(days=10)
    records(tribunal, case, second, concluded=True)
    assert closes(case) == "2026-06-22"  # 19 days after 2 June is a Sunday


def test_only_who_presides_proposes_and_the_parties_see_neither_proposal_nor_approval(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    wanted = {"kind": "inspection", "of": "顺德某五金厂", "reason": "查明结构"}
    others: list[Person] = [tribunal.panel[1], tribunal.judges[4], tribunal.clerk, tribunal.requester]
    for person in others:
        person.acts(case, "propose_measure", 403 if person is not tribunal.judges[4] else 404, **wanted)
    granted(tribunal, case, "inspection")
    seen = case.seen_by(tribunal.respondent)
    assert "investigation_approval_form" not in {d["kind"] for d in seen["documents"]}
    assert not {"measure_proposed", "measure_decided"} & {e["kind"] for e in seen["events"]}


def test_the_section_head_may_turn_a_measure_down(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    wanted = {"kind": "inspection", "of": "顺德某五金厂", "reason": "查明被控产品的结构"}
    tribunal.presiding.acts(case, "propose_measure", **wanted)
    tribunal.director.answers(case, "review_measure", 403, measure_review="agree", opinion="同意")
    tribunal.reviews_measure(case, "refused")
    form = says(case, "investigation_approval_form")
    assert (form["section_opinion"], form["section_head"], form["director"]) == ("确有必要", "黎科长", "")
    assert not {"review_measure", "decide_measure"} & case.open_keys()
    granted(tribunal, case, "inspection")
    form = says(case, "investigation_approval_form")
    assert form["section_opinion"] and form["director"] == tribunal.director.name and form["granted"] is True


def test_what_is_taken_from_a_party_is_served_on_it(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    theirs = case.party(tribunal.responding.name)
    measure = granted(tribunal, case, "sampling", party=theirs)
    assert "sampling_decision" not in {d["kind"] for d in case.seen_by(tribunal.respondent)["documents"]}
    records(tribunal, case, measure, things=[{"name": "电热水壶", "quantity": 2}])
    decision = next(d["id"] for d in case.seen_by(tribunal.respondent)["documents"] if d["kind"] == "sampling_decision")
    assert tribunal.addressees(decision) == [theirs]
    tribunal.serves(case, "sampling_decision")
    assert tribunal.addressees(decision) == []


def test_registered_things_of_a_party_are_released_by_a_decision_that_is_served_on_it(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    theirs = case.party(tribunal.responding.name)
    tribunal.presiding.acts(
        case, "propose_measure", kind="registration", of="顺德某五金厂", reason="可能灭失", party=theirs
    )
    tribunal.reviews_measure(case)
    things = [{"name": "模具", "quantity": 1}]
    tribunal.director.answers(case, "decide_measure", decision="granted", opinion="同意", things=things)
    tribunal.presiding.answers(case, "settle_registration", outcome="released", reason="已拍照取证")
    for kind in ("preservation_decision", "release_decision"):
        paper = next(d["id"] for d in tribunal.seen(case)["documents"] if d["kind"] == kind)
        assert tribunal.addressees(paper) == [theirs], kind
        assert says(case, kind)["of"] == tribunal.responding.name
    assert says(case, "preservation_decision")["things"] == "顺德某五金厂"  # what is taken is not whom it is taken from
    assert says(case, "investigation_approval_form")["of"] == tribunal.responding.name


def test_both_sides_may_agree_on_a_shorter_period_for_evidence(tribunal: Tribunal, today: Today) -> None:
    case = tribunal.has_answered()
    short = {"period": True, "days": 7, "agreed": True}
    assert "files" in tribunal.presiding.answers(case, "set_evidence_period", 422, **short)["errors"]
    files = [tribunal.presiding.uploads("协议.pdf")]
    tribunal.presiding.answers(case, "set_evidence_period", **short, files=files)
    assert says(case, "evidence_notice")["agreed"] is True
    today.moves(days=1)
    tribunal.serves(case, "evidence_notice")
    assert case.due("evidence.period") == "2026-03-10"


def test_acts_that_could_only_be_refused_are_not_offered(tribunal: Tribunal) -> None:
    case = tribunal.has_answered()
    presiding = Browser(tribunal.app)
    presiding.logs_in(tribunal.presiding.username, PASSWORD)
    page = presiding.gets(f"/cases/{case.id}").text
    for act in ("end_talks", "examine_new_evidence", "record_measure", "extend_evidence"):
        assert f"/acts/{act}" not in page
        presiding.gets(f"/cases/{case.id}/acts/{act}", 409)
    assert "/acts/settlement_talks" in page
    files = [tribunal.presiding.uploads("和解申请.pdf")]
    tribunal.presiding.acts(case, "settlement_talks", reason="双方共同申请", files=files)
    page = presiding.gets(f"/cases/{case.id}").text
    assert "/acts/settlement_talks" not in page and "/acts/end_talks" in page
