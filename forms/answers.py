"""Answers as JSON: read into what a web form would send, and described as JSON Schema (draft 2020-12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from forms.base import Questions, TaskForm
from forms.rows import RowsField

Wrong = dict[str, list[str]]


def from_json(form: TaskForm, given: Any) -> tuple[MultiDict[str, str], Wrong]:
    """Return ``given`` under the names of the web form, and what is of the wrong type, by field.

    ``form`` was built without input and says which fields there are; any other is refused. ``null`` is no answer.
    """
    values: MultiDict[str, str] = MultiDict()
    wrong: Wrong = {}
    _read(form, given, "", values, wrong)
    return values, wrong


def _read(questions: Questions, given: Any, prefix: str, values: MultiDict[str, str], wrong: Wrong) -> None:
    if not isinstance(given, dict):
        wrong[prefix.removesuffix("-")] = [str(_l("这一项应为对象"))]
        return
    for name, value in given.items():
        path = f"{prefix}{name}"
        if name not in questions:
            wrong[path] = [str(_l("没有这一项"))]
        elif isinstance(questions[name], RowsField):
            _read_rows(questions[name], value, path, values, wrong)
        elif value is not None:
            try:
                values.setlist(path, questions[name].from_json(value))
            except ValueError as refusal:
                wrong[path] = [str(refusal)]


def _read_rows(field: RowsField, given: Any, path: str, values: MultiDict[str, str], wrong: Wrong) -> None:
    if given is None:
        return
    if not isinstance(given, list):
        wrong[path] = [str(_l("这一项应为列表"))]
    elif len(given) > field.most:
        wrong[path] = [str(_l("最多 %(most)s 项，现为 %(n)s 项", most=field.most, n=len(given)))]
    else:
        for place, row in enumerate(given):
            _read(field.blank_row, row, f"{path}-{place}-", values, wrong)


def schema(form: TaskForm) -> dict[str, Any]:
    """Return the JSON Schema of a form's answers. What depends on other answers is said in words, in descriptions."""
    described = "\n".join(str(part) for part in (form.intro, *form.rules, form.basis) if part)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"title": str(form.title)} if form.title else {}),
        **({"description": described} if described else {}),
        **_object(form),
    }


def _object(questions: Questions) -> dict[str, Any]:
    fields: Mapping[str, Any] = {field.short_name: field for field in questions}
    needed = [name for name, field in fields.items() if _always_needed(field)]
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in fields.items()},
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
    }


def _always_needed(field: Any) -> bool:
    if isinstance(field, RowsField):
        return field.least > 0
    return bool(field.always_required and field.default in (None, False, ()))


def _property(field: Any) -> dict[str, Any]:
    described = "\n".join(str(part) for part in (field.description, field.bounds, *_conditions(field)) if part)
    kind = _rows(field) if isinstance(field, RowsField) else field.schema()
    default = {"default": field.default} if isinstance(field.default, str | int) and field.default else {}
    return {"title": str(field.label.text), **({"description": described} if described else {}), **kind, **default}


def _rows(field: RowsField) -> dict[str, Any]:
    row = field.blank_row
    rules = {"description": "\n".join(str(rule) for rule in row.rules)} if row.rules else {}
    items = {**_object(row), **rules}
    return {
        "type": "array",
        "items": items,
        **({"minItems": field.least} if field.least else {}),
        "maxItems": field.most,
    }


def _conditions(field: Any) -> Iterator[Any]:
    if field.when:
        yield _l("仅在 %(condition)s 时填写。", condition=_in_words(field.when))
    if field.required is not None and (field.when or field.required_when):
        yield _l("在 %(condition)s 时必填。", condition=_in_words(field.required_when or field.when))


def _in_words(condition: str) -> str:
    return condition.replace("|", " | ").replace("=", " = ")
