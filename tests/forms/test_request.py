"""The request for mediation: who may be named, which number fits which right, what must be attached."""

from __future__ import annotations

from typing import Any

import pytest

import forms
from tests.forms.samples import DESIGN, FACTS, HAPPY, INVENTION, RESPONDENT, filled, refusals

NOBODY: dict[str, Any] = {"organizations": []}
ANYBODY: dict[str, Any] = {"kind": "individual", "name": "张伟", "address": "佛山市禅城区祖庙路 2 号"}


def changed(**changes: Any) -> dict[str, str]:
    return refusals("mediation_request", **changes)


def test_a_complete_request_is_taken_with_its_numbers_in_one_form() -> None:
    typed = {**RESPONDENT, "uscc": " 9144 0606-722473344c", "phone": "+86 138-0013-8000"}
    form = filled("mediation_request", respondents=[typed], right_number=f"ZL {DESIGN}")
    assert form.validate(), forms.errors_of(form)
    answers = form.answers()
    assert answers["right_number"] == DESIGN
    assert answers["respondents"][0]["uscc"] == "91440606722473344C"
    assert answers["respondents"][0]["phone"] == "13800138000"
    assert answers["co_requesters"] == []
    assert answers["decision_files"] == []
    assert answers["e_service"] is False


@pytest.mark.parametrize(
    "name",
    [
        "requester_organization",
        "right_type",
        "right_number",
        "right_name",
        "right_holder",
        "standing",
        "dispute_kind",
        "requests",
        "facts",
        "right_files",
        "no_suit",
    ],
)
def test_what_a_request_must_say_is_asked_for_beside_its_field(name: str) -> None:
    assert list(changed(**{name: None})) == [name]


def test_a_request_names_a_respondent() -> None:
    assert set(changed(respondents=None)) == {"respondents-0-name", "respondents-0-uscc", "respondents-0-address"}


def test_the_declaration_that_nobody_sued_must_be_ticked() -> None:
    assert "起诉" in changed(no_suit=False)["no_suit"]


def test_the_facts_are_told_in_twenty_characters_at_least() -> None:
    assert "至少 20 字" in changed(facts="侵权")["facts"]


@pytest.mark.parametrize(
    ("right_type", "number", "refused"),
    [
        ("design", DESIGN, ""),
        ("invention", DESIGN, "外观设计专利的号码"),
        ("design", INVENTION, "发明专利的号码"),
        ("utility_model", INVENTION, "发明专利的号码"),
        ("invention", INVENTION, ""),
        ("design", DESIGN[:-1] + ("1" if DESIGN[-1] != "1" else "2"), "校验位"),
        ("trademark", "第１２３４５６７号", ""),
        ("trademark", "商标一号", "商标注册号"),
        ("copyright", "国作登字-2021-F-00123456", ""),
        ("software", "２０２０sr０１２３４５６", ""),
        ("copyright", "登记第一号", "登记号应如"),
        ("copyright", None, ""),
        ("trade_secret", None, ""),
        ("trademark", None, "请填写"),
        ("invention", "", "请填写"),
    ],
)
def test_the_number_fits_the_kind_of_right(right_type: str, number: str | None, refused: str) -> None:
    found = changed(right_type=right_type, right_number=number)
    assert list(found) == (["right_number"] if refused else [])
    assert refused in found.get("right_number", "")


def test_who_asks_for_damages_only_attaches_the_decision() -> None:
    assert list(changed(only_damages=True)) == ["decision_files"]
    assert not changed(only_damages=True, decision_files=[6])


def test_a_decision_that_was_not_asked_for_is_left_out() -> None:
    assert filled("mediation_request", decision_files=[6]).answers()["decision_files"] == []


def test_somebody_must_ask() -> None:
    without = {"requester_organization": None}
    assert refusals("mediation_request", NOBODY, **without) == {"co_requesters": "请填写请求人"}
    assert not refusals("mediation_request", NOBODY, **without, co_requesters=[ANYBODY])


def test_nobody_may_ask_for_an_organisation_that_is_not_theirs() -> None:
    assert changed(requester_organization=8) == {"requester_organization": "请从列表中选择"}


def test_an_organisation_needs_its_code_and_a_person_does_not() -> None:
    assert list(changed(respondents=[{**RESPONDENT, "uscc": ""}])) == ["respondents-0-uscc"]
    assert not changed(respondents=[ANYBODY])


def test_a_person_has_no_organisation_code() -> None:
    form = filled("mediation_request", respondents=[{**ANYBODY, "uscc": "不适用"}])
    assert form.answers()["respondents"][0]["uscc"] == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("uscc", "91440606722473344D"), ("phone", "12345"), ("postcode", "52800"), ("email", "a@b"), ("name", "甲" * 201)],
)
def test_a_slip_in_a_party_is_found_beside_its_field(field: str, value: str) -> None:
    assert list(changed(respondents=[{**RESPONDENT, field: value}])) == [f"respondents-0-{field}"]


def test_the_number_of_a_person_is_checked() -> None:
    assert list(changed(respondents=[{**ANYBODY, "resident_id": "440681199001011234"}])) == [
        "respondents-0-resident_id"
    ]


def test_nobody_is_named_twice() -> None:
    other = {**RESPONDENT, "name": "另一名称"}
    assert changed(respondents=[RESPONDENT, other]) == {"respondents-1-name": "另一名称 被填写了两次"}
    same_name = {**RESPONDENT, "uscc": "9144030071526726XG"}
    assert list(changed(co_requesters=[RESPONDENT], respondents=[same_name])) == ["respondents-0-name"]
    assert list(changed(respondents=[{**same_name, "name": FACTS["organizations"][0][1]}])) == ["respondents-0-name"]


def test_two_people_may_share_a_name() -> None:
    assert not changed(respondents=[{**ANYBODY, "phone": "13800138000"}, {**ANYBODY, "phone": "13800138001"}])
    assert changed(respondents=[ANYBODY, ANYBODY])


def test_a_party_has_two_agents_at_most() -> None:
    form = forms.build("mediation_request", facts=FACTS)
    agent = HAPPY["mediation_request"]["agents"][0]
    assert forms.from_json(form, {"agents": [agent] * 3})[1] == {"agents": ["最多 2 项，现为 3 项"]}


def test_what_was_typed_before_comes_back_from_a_draft() -> None:
    draft = {"right_name": ["吊灯"], "respondents-0-name": ["顺德某厂"], "amount_claimed": ["十八万"]}
    form = forms.build("mediation_request", facts=FACTS, data=draft)
    assert form.right_name.data == "吊灯"
    assert form.respondents.entries[0].form.name.data == "顺德某厂"
    assert form.amount_claimed._value() == "十八万"
    assert not form.errors
