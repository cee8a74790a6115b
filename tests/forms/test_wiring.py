"""What points at a form finds it, and every form can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from werkzeug.datastructures import MultiDict

import forms
from forms.base import TaskForm
from forms.fields import SignedFilesField
from forms.registry import FORMS, task_form
from tests.forms.samples import FACTS, HAPPY

DIAGRAMS = sorted((Path(__file__).parents[2] / "workflows").glob("*/*.bpmn"))
NAMES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "spiffworkflow": "http://spiffworkflow.org/bpmn/schema/1.0/core",
}


def asked_by_the_diagrams() -> set[str]:
    """Return the keys of the forms that the steps, starts and acts of the diagrams ask for."""
    return {key for diagram in DIAGRAMS for key in asked_by(etree.parse(str(diagram)))}


def asked_by(tree: Any) -> Iterator[str]:
    for task in tree.findall(".//bpmn:userTask", NAMES):
        own = task.find(".//spiffworkflow:property[@name='form']", NAMES)
        yield task.get("id") if own is None else own.get("value")
    for name, shape in (("start_form", "{}"), ("acts", "act:{}")):
        for found in tree.findall(f".//spiffworkflow:property[@name='{name}']", NAMES):
            yield from (shape.format(word) for word in found.get("value").split())


def test_every_step_and_act_of_a_diagram_has_its_form() -> None:
    assert asked_by_the_diagrams() - set(FORMS) == set()


def test_no_form_of_a_step_is_left_over() -> None:
    beside = {key for key in FORMS if ":" in key}
    assert set(FORMS) - beside - asked_by_the_diagrams() == set()


def test_there_are_sample_answers_for_every_form() -> None:
    of_cases_and_desk = {key for key in FORMS if ":" not in key or key.startswith(("act:", "desk:"))}
    assert set(HAPPY) == of_cases_and_desk


def test_a_key_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        task_form("docket")(TaskForm)
    assert FORMS["docket"] is not TaskForm


def test_a_form_says_which_fact_it_was_not_handed() -> None:
    with pytest.raises(LookupError, match="mediators"):
        forms.build("docket", facts={})


def test_an_unknown_form_is_an_error() -> None:
    with pytest.raises(LookupError):
        forms.build("no_such_form", facts={})


@pytest.mark.parametrize("key", HAPPY)
def test_no_two_fields_of_a_form_share_a_label(key: str) -> None:
    form = forms.build(key, facts=FACTS)
    for part in (form, *(field.blank_row for field in form if hasattr(field, "blank_row"))):
        labels = [str(field.label.text) for field in part]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("key", HAPPY)
def test_every_form_can_be_drawn_empty_and_after_a_refusal(key: str) -> None:
    for form in (forms.build(key, facts=FACTS), forms.build(key, MultiDict(), facts=FACTS)):
        form.validate()
        assert all("<" in field() for field in form)


@pytest.mark.parametrize("key", HAPPY)
def test_every_condition_names_a_field_of_its_form_and_values_it_can_have(key: str) -> None:
    form = forms.build(key, facts=FACTS)
    for part in (form, *(field.blank_row for field in form if hasattr(field, "blank_row"))):
        for condition in filter(None, (c for field in part for c in (field.when, field.required_when))):
            name, _, values = condition.partition("=")
            assert name in part
            codes = {str(choice.value) for choice in part[name].choices} if values else set()
            assert set(filter(None, values.split("|"))) <= codes


@pytest.mark.parametrize("key", HAPPY)
def test_a_fact_on_which_an_answer_hangs_is_handed_to_the_form(key: str) -> None:
    written = {name: getattr(FORMS[key], name) for name in dict(forms.build(key, facts=FACTS)._fields)}
    for field in written.values():
        condition = field.kwargs.get("required_when", "on_paper" if field.field_class is SignedFilesField else "")
        name = condition.partition("=")[0]
        assert not name or name in written or name in FORMS[key].needs or name in FACTS


@pytest.mark.parametrize("key", [key for key in HAPPY if not key.startswith("desk:")])
def test_every_form_of_a_case_says_what_it_is_for(key: str) -> None:
    assert str(FORMS[key].intro) or str(FORMS[key].title)
    assert all(field in dict(FORMS[key](facts=FACTS)._fields) for field in FORMS[key].branch)
