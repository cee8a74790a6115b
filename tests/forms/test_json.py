"""The machine's side: answers go through JSON unchanged, the schema is true, and nonsense is refused, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema
from jsonschema import Draft202012Validator

import forms
from tests.forms.samples import FACTS, HAPPY, filled

some = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def accepted(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that ``schema`` takes; the library draws the leaves, what is around them is drawn here."""
    if schema["type"] == "object":
        parts = {name: accepted(part) for name, part in schema["properties"].items()}
        needed = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {name: part for name, part in parts.items() if name in needed},
            optional={name: part for name, part in parts.items() if name not in needed},
        )
    if schema["type"] == "array" and schema["items"]["type"] == "object":
        most = min(schema["maxItems"], 3)
        return st.lists(accepted(schema["items"]), min_size=schema.get("minItems", 0), max_size=most)
    return from_schema(schema)


def described(key: str) -> dict[str, Any]:
    return forms.schema(forms.build(key, facts=FACTS))


@pytest.mark.parametrize("key", HAPPY)
def test_the_answers_of_a_form_go_through_json_and_come_back(key: str) -> None:
    form = filled(key)
    assert form.validate(), forms.errors_of(form)
    answers = json.loads(json.dumps(form.answers()))
    values, wrong = forms.from_json(forms.build(key, facts=FACTS), answers)
    again = forms.build(key, values, facts=FACTS)
    assert not wrong
    assert again.validate(), forms.errors_of(again)
    assert again.answers() == answers


@pytest.mark.parametrize("key", HAPPY)
def test_answers_fill_the_form_again_as_they_were(key: str) -> None:
    answers = filled(key).answers()
    assert forms.build(key, facts=FACTS, data=answers).answers() == answers


@pytest.mark.parametrize("key", HAPPY)
def test_the_schema_is_one_and_takes_the_sample(key: str) -> None:
    schema = described(key)
    Draft202012Validator.check_schema(schema)
    json.dumps(schema)
    Draft202012Validator(schema).validate(HAPPY[key])


@pytest.mark.parametrize("key", HAPPY)
def test_what_the_schema_takes_can_be_read_and_is_never_a_crash(key: str) -> None:
    @some
    @given(accepted(described(key)))
    def holds(answers: dict[str, Any]) -> None:
        values, wrong = forms.from_json(forms.build(key, facts=FACTS), answers)
        assert not wrong
        form = forms.build(key, values, facts=FACTS)
        assert form.validate() == (not forms.errors_of(form))
        json.dumps(form.answers()).encode()

    holds()


@pytest.mark.parametrize("key", HAPPY)
def test_nonsense_in_any_field_is_refused_in_words(key: str) -> None:
    names = [field.short_name for field in forms.build(key, facts=FACTS)]

    @some
    @given(st.dictionaries(st.sampled_from(names) | st.text(max_size=8), anything, max_size=4))
    def holds(answers: dict[str, Any]) -> None:
        values, wrong = forms.from_json(forms.build(key, facts=FACTS), answers)
        form = forms.build(key, values, facts=FACTS)
        form.validate()
        json.dumps(form.answers())
        assert all(sentences and all(sentences) for sentences in wrong.values())

    holds()


@pytest.mark.parametrize("key", HAPPY)
def test_any_web_form_is_checked_without_a_crash(key: str) -> None:
    names = [field.name for field in forms.build(key, facts=FACTS)]
    rows = [f"{name}-{place}-{inner}" for name in names for place in "0²9" for inner in ("name", "files", "party")]

    @some
    @given(st.dictionaries(st.sampled_from([*names, *rows]), st.lists(st.text(), max_size=2), min_size=1))
    def holds(typed: dict[str, list[str]]) -> None:
        form = forms.build(key, facts=FACTS, data=typed)
        form.validate()
        json.dumps(form.answers())
        assert all("<" in field() for field in form)

    holds()


def test_a_field_that_the_form_does_not_have_is_refused_by_name() -> None:
    blank = forms.build("mediation_request", facts=FACTS)
    _, wrong = forms.from_json(blank, {"colour": "red", "respondents": [{"name": "甲", "age": 3}]})
    assert wrong == {"colour": ["没有这一项"], "respondents-0-age": ["没有这一项"]}


@pytest.mark.parametrize(
    ("key", "name", "value"),
    [
        ("mediation_request", "respondents", {"name": "甲"}),
        ("mediation_request", "respondents", ["甲"]),
        ("mediation_request", "respondents", [{}] * 11),
        ("mediation_request", "requests", "赔偿"),
        ("mediation_request", "requests", [1]),
        ("mediation_request", "right_files", ["1"]),
        ("mediation_request", "no_suit", "true"),
        ("mediation_request", "amount_claimed", True),
        ("mediation_request", "facts", 5),
        ("formality_check", "days", "10"),
        ("formality_check", "days", 10.5),
        ("formality_check", "days", True),
        ("formality_check", "days", 10**30),
        ("formality_check", "points", "standing"),
        ("issue_agreement", "issued", "yes"),
        ("docket", "mediator", "31"),
        ("statement", "received_on", 20261123),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_beside_its_field(key: str, name: str, value: Any) -> None:
    _, wrong = forms.from_json(forms.build(key, facts=FACTS), {name: value})
    assert [field.split("-")[0] for field in wrong] == [name]


def test_answers_that_are_no_object_are_refused() -> None:
    assert forms.from_json(forms.build("docket", facts=FACTS), [1])[1] == {"": ["这一项应为对象"]}


def test_null_is_no_answer() -> None:
    values, wrong = forms.from_json(forms.build("docket", facts=FACTS), {"mediator": None, "note": None})
    assert (list(values), wrong) == ([], {})


def test_an_amount_may_be_a_number() -> None:
    assert filled("performance", amount=50000).answers()["amount"] == "50000.00"
    assert filled("performance", amount=0.5).answers()["amount"] == "0.50"


def test_the_schema_names_what_can_be_chosen() -> None:
    mediator = described("docket")["properties"]["mediator"]
    assert mediator["enum"] == [31, 32]
    assert mediator["x-labels"] == {"31": "李明", "32": "周芳"}


def test_the_schema_says_in_words_what_depends_on_other_answers() -> None:
    items = described("formality_check")["properties"]["items"]
    assert "check = correct" in items["description"]
    assert "items" not in described("formality_check")["required"]


def test_text_that_no_database_takes_is_cleaned() -> None:
    form = filled("desk:note", text="\ud800 甲\x00乙\u202e")
    assert form.validate()
    assert form.answers() == {"text": "甲 乙"}
