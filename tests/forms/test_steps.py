"""The rules of each step's form, in the order of the procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import forms
from tests.forms.samples import DESIGN, FACTS, INVENTION, RECEIVED, filled, refusals

ALL_POINTS = ["standing", "respondent", "claims", "jurisdiction", "no_suit"]

# form, changed answers, the field that refuses them (or none)
RULES: list[tuple[str, dict[str, Any], str]] = [
    ("confirm_competence", {"competence": "transfer", "authority": None}, "authority"),
    ("confirm_competence", {"competence": "ours", "authority": None}, ""),
    ("confirm_competence", {"reason": " "}, "reason"),
    ("formality_check", {"check": "accept", "points": ALL_POINTS}, ""),
    ("formality_check", {"check": "accept", "points": ALL_POINTS[1:]}, "points"),
    ("formality_check", {"check": None}, "check"),
    ("formality_check", {"items": []}, "items"),
    ("formality_check", {"items": [" "]}, "items"),
    ("formality_check", {"days": 4}, "days"),
    ("formality_check", {"days": 31}, "days"),
    ("formality_check", {"days": 5}, ""),
    ("formality_check", {"days": 30}, ""),
    ("formality_check", {"check": "refuse"}, "reasons"),
    ("formality_check", {"check": "refuse", "reasons": ["in_court"]}, ""),
    ("formality_check", {"check": "refuse", "reasons": ["other"]}, "explanation"),
    ("formality_check", {"check": "refuse", "reasons": ["other"], "explanation": "请求已被裁决"}, ""),
    ("correct_materials", {"items": [{"item": 1, "answer": "补交副本"}]}, "items"),
    ("correct_materials", {"items": [{"item": 1, "answer": "补交副本"}, {"item": 2}]}, "items-1-answer"),
    ("correct_materials", {"items": [{"item": 3, "answer": "已补"}], "explanation": "其余没有变化"}, "items-0-item"),
    ("correct_materials", {"items": [{"item": 1}], "explanation": "两项都已补交"}, ""),
    ("correct_materials", {"items": None}, "items"),
    ("correct_materials", {"items": None, "explanation": "两项都已补交"}, ""),
    ("correct_materials", {"right_number": INVENTION}, ""),
    ("correct_materials", {"parties": [{"party": 20, "name": "顺德某五金制品厂"}]}, "parties-0-party"),
    ("correct_materials", {"parties": [{"name": "顺德某五金制品厂"}]}, "parties-0-party"),
    ("correct_materials", {"parties": [{"party": 21, "uscc": "91440606722473344X"}]}, "parties-0-uscc"),
    ("correct_materials", {"parties": [{"party": 21, "phone": "123"}]}, "parties-0-phone"),
    ("correct_materials", {"parties": [{"party": 21, "name": "甲"}, {"party": 21, "name": "乙"}]}, "parties-1-party"),
    ("correct_materials", {"parties": None}, ""),
    ("correct_materials", {"facts": "太短"}, "facts"),
    ("statement", {"stance": None}, "stance"),
    ("statement", {"stance": "silent"}, "stance"),
    ("statement", {"received_on": "2026-11-24"}, "received_on"),
    ("statement", {"received_on": None}, "received_on"),
    ("docket", {"mediator": None}, "mediator"),
    ("docket", {"mediator": 99}, "mediator"),
    ("reappoint", {"mediator": 99}, "mediator"),
    ("refuse_docketing", {"explanation": None}, ""),
    ("schedule_session", {"at": "2026-11-23T10:00:00+08:00"}, "at"),
    ("schedule_session", {"at": "2026-11-23T10:01:00+08:00"}, ""),
    ("schedule_session", {"at": "2199-12-31T10:00:00+08:00"}, "at"),
    ("schedule_session", {"at": "2027-01-01"}, "at"),
    ("schedule_session", {"at": "20270101T0900"}, "at"),
    ("schedule_session", {"venue": None}, "venue"),
    ("hold_session", {"result": "partial"}, "open_points"),
    ("hold_session", {"result": "partial", "open_points": "库存"}, ""),
    ("hold_session", {"attended": []}, "attended"),
    ("hold_session", {"attended": [99]}, "attended"),
    ("hold_session", {"result": "requester_absent", "attended": [21]}, ""),
    ("hold_session", {"result": "failed", "attended": []}, ""),
    ("hold_session", {"record": None}, "record"),
    ("close_failed", {"reason": None}, "reason"),
    ("draft_agreement", {"terms": []}, "terms"),
    ("draft_agreement", {"perform_by": "2026-11-22"}, "perform_by"),
    ("draft_agreement", {"perform_by": "2026-11-23"}, ""),
    ("draft_agreement", {"perform_by": None, "amount": None}, ""),
    ("draft_agreement", {"open_points": None}, "open_points"),
    ("confirm_agreement", {"signed_name": None}, "signed_name"),
    ("confirm_agreement", {"answer": "revise"}, "comment"),
    ("confirm_agreement", {"answer": "refuse"}, "comment"),
    ("confirm_agreement", {"answer": "revise", "comment": "第二条的期限太短", "signed_name": None}, ""),
    ("issue_agreement", {"issued": None}, "issued"),
    ("issue_agreement", {"issued": False}, "reason"),
    ("issue_agreement", {"issued": False, "reason": "条款不明确"}, ""),
    ("joint_application", {"applies": None}, "applies"),
    ("joint_application", {"applies": False}, ""),
    ("record_confirmation", {"court_number": None}, "court_number"),
    ("record_confirmation", {"result": "withdrawn", "court_number": None}, ""),
    ("record_confirmation", {"on": "2026-11-24"}, "on"),
    ("record_confirmation", {"on": "2026-11-17"}, "on"),
    ("serve_agreement", {"refused_by": 21}, "refusal"),
    ("performance", {"finding": "breached"}, "detail"),
    ("performance", {"finding": "breached", "detail": "余款未付，已电话催促"}, ""),
    ("performance", {"on": "2026-11-24"}, "on"),
    ("performance", {"next_on": "2026-11-22"}, "next_on"),
    ("performance", {"next_on": None}, ""),
    ("performance", {"amount": -1}, "amount"),
    ("act:recuse", {"ground": "own_request"}, "ground"),
    ("decide_recusal", {"decision": None}, "decision"),
    ("decide_recusal", {"reason": None}, "reason"),
    ("act:withdraw", {"reason": None}, "reason"),
    ("act:withdraw", {"party": None}, "party"),
    ("act:settle", {"party": None}, "party"),
    ("act:settle", {"files": None}, "files"),
    ("act:settle", {"summary": None}, "summary"),
    ("act:recuse", {"ground": "dislike"}, "ground"),
    ("act:recuse", {"reason": None}, "reason"),
    ("act:hand_over", {"to": 99}, "to"),
    ("act:hand_over", {"reason": None}, "reason"),
    ("act:extend_closing", {"reason": None}, "reason"),
    ("act:record_contact", {"on": "2026-11-24"}, "on"),
    ("act:record_contact", {"summary": None}, "summary"),
    ("act:add_agent", {"files": None}, "files"),
    ("act:add_agent", {"party": 21}, "party"),
    ("act:add_agent", {"name": None}, "name"),
    ("act:register_service", {"document": 42}, "document"),
    ("act:register_service", {"received_on": None}, "received_on"),
    ("act:apply_notarisation", {"notary": None}, "notary"),
    ("act:apply_notarisation", {"clause": False}, "clause"),
    ("act:to_adjudication", {"confirm": False}, "confirm"),
    ("desk:release", {"reason": None}, "reason"),
    ("desk:hand_over", {"to": None}, "to"),
    ("desk:urge", {"text": None}, "text"),
    ("desk:note", {"text": None}, "text"),
    ("desk:reveal", {"reason": None}, "reason"),
    ("desk:save_view", {"name": None}, "name"),
]


@pytest.mark.parametrize(("key", "changes", "field"), RULES)
def test_a_form_keeps_its_rules(key: str, changes: dict[str, Any], field: str) -> None:
    assert list(refusals(key, **changes)) == ([field] if field else [])


SERVICE = [
    ({}, ""),
    ({"sent_on": "2026-11-19"}, "sent_on"),
    ({"sent_on": "2026-11-24", "result": "pending"}, "sent_on"),
    ({"received_on": "2026-11-24"}, "received_on"),
    ({"sent_on": "2026-11-22", "received_on": "2026-11-21"}, "received_on"),
    ({"sent_on": "2026-11-22", "received_on": "2026-11-22"}, ""),
    ({"received_on": None}, "received_on"),
    ({"result": "pending", "received_on": None}, ""),
    ({"result": "failed", "received_on": None}, "note"),
    ({"result": "failed", "received_on": None, "note": "地址不明，退回"}, ""),
    ({"party": 20}, "party"),
]


@pytest.mark.parametrize("key", ["serve_request", "serve_agreement"])
@pytest.mark.parametrize(("changes", "field"), SERVICE)
def test_an_attempt_at_service_happened_in_its_order(key: str, changes: dict[str, Any], field: str) -> None:
    record = {name: value for name, value in {**RECEIVED, **changes}.items() if value is not None}
    assert list(refusals(key, records=[record])) == ([f"records-0-{field}"] if field else [])


def test_an_agreement_is_neither_left_nor_put_up_nor_sent_electronically() -> None:
    for method, refused in [("left", True), ("electronic", True), ("notice", True), ("direct", False), ("post", False)]:
        assert bool(refusals("serve_agreement", records=[{**RECEIVED, "method": method}])) is refused
        assert not refusals("serve_request", records=[{**RECEIVED, "method": method}])


def test_a_day_of_arrival_is_left_out_where_nothing_arrived() -> None:
    form = filled("serve_request", records=[{**RECEIVED, "result": "pending"}])
    assert form.validate()
    assert form.answers()["records"][0]["received_on"] is None


def test_serving_starts_with_a_row_for_each_party_that_is_still_to_be_served() -> None:
    form = forms.build("serve_request", facts=FACTS)
    assert [row.form.party.data for row in form.records.entries] == [21, 22]
    assert form.answers()["records"] == []


def test_a_letter_that_is_on_its_way_stands_in_its_row_until_more_is_known() -> None:
    sent = {"method": "post", "sent_on": "2026-11-21", "result": "pending"}
    facts = {**FACTS, "on_its_way": {22: sent}}
    form = forms.build("serve_request", facts=facts)
    assert form.records.entries[1].form.answers() == {**form.records.entries[0].form.answers(), "party": 22, **sent}
    assert list(refusals("serve_request", facts, records=[{"party": 22, **sent}])) == ["records"]
    assert not refusals("serve_request", facts, records=[{"party": 22, **sent, "note": "邮件在途"}])
    arrived = filled(
        "serve_request",
        facts,
        records=[{"party": 21}, {"party": 22, **sent, "result": "received", "received_on": "2026-11-22"}],
    )
    assert arrived.validate()
    assert [row["party"] for row in arrived.answers()["records"]] == [22]


def test_somebody_must_be_served_or_given_up() -> None:
    assert list(refusals("serve_request", records=[{"party": 21}])) == ["records"]
    assert not refusals("serve_request", records=[], give_up=True)
    assert not refusals("serve_request", {"to_serve": []}, records=[])


def test_correction_is_asked_for_once() -> None:
    corrected = {"corrected": True}
    assert "correct" not in forms.build("formality_check", facts={**FACTS, **corrected}).check.offered
    assert list(refusals("formality_check", corrected)) == ["check"]


def test_what_belongs_to_another_conclusion_is_left_out() -> None:
    form = filled("formality_check", check="accept", points=ALL_POINTS, days=99, reasons=["other"])
    assert form.validate()
    assert form.answers() == {
        "check": "accept",
        "points": ALL_POINTS,
        "items": [],
        "days": None,
        "reasons": [],
        "explanation": "",
    }


def test_the_period_for_correction_is_ten_days_unless_said_otherwise() -> None:
    assert filled("formality_check", days=None).answers()["days"] == 10


@pytest.mark.parametrize(("number", "refused"), [(DESIGN, False), (INVENTION, True), ("乱写", True)])
def test_a_corrected_number_still_fits_the_right(number: str, refused: bool) -> None:
    found = refusals("correct_materials", {"right_type": "design"}, right_number=number)
    assert list(found) == (["right_number"] if refused else [])


@pytest.mark.parametrize(
    ("key", "fact", "field"),
    [
        ("statement", "on_paper", "received_on"),
        ("draft_agreement", "partial", "open_points"),
        ("mediation_request", "organizations", "requester_organization"),
    ],
)
def test_what_the_case_does_not_call_for_is_not_in_the_form(key: str, fact: str, field: str) -> None:
    form = forms.build(key, facts={**FACTS, fact: False})
    assert field not in form
    assert field not in form.answers()
    assert field not in forms.schema(form)["properties"]


BY_PARTIES = (
    "answer",
    "comment_findings",
    "confirm_agreement",
    "confirm_terms",
    "correct_materials",
    "correct_request",
    "hand_in_evidence",
    "hearing_reply",
    "joint_application",
    "statement",
)


@pytest.mark.parametrize("key", BY_PARTIES)
def test_who_enters_for_a_party_hands_in_what_it_signed(key: str) -> None:
    assert refusals(key, files=[])["files"] == "代当事人登记的，请上传当事人签章的材料"
    own = forms.build(key, facts={**FACTS, "on_paper": False})
    assert own["files"].required is None
    assert not own["files"].flags.required


def test_an_absence_with_good_reason_can_be_noted_only_for_an_absence() -> None:
    assert filled("hold_session", result="respondent_absent", justified=True).answers()["justified"] is True
    assert filled("hold_session", result="failed", justified=True).answers()["justified"] is False


def test_a_paper_may_have_come_in_today() -> None:
    assert not refusals("statement", received_on=date(2026, 11, 23).isoformat())
