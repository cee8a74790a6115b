"""Turn a JSON object into the checked answers of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

import forms
from app.api.door import Unanswerable


def answers(key: str, given: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checked answers of form ``key``. Raises ``Unanswerable`` that names each field."""
    if not isinstance(given, dict):
        raise Unanswerable({"answers": [gettext("请提供一个对象")]})
    form = forms.build(key, facts=facts)
    values, wrong = forms.from_json(form, given)
    if wrong:
        raise Unanswerable(wrong)
    form.process(values)
    if not form.validate():
        raise Unanswerable(forms.errors_of(form))
    return form.answers()
