"""Random answers to any form: each choice by chance among what is offered, each text long enough, each day where it may lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import forms
from app import clock
from forms.base import Questions
from forms.choices import Choosing, SomeField
from forms.fields import FilesField, IdentifierField, LinesField, TextField, TickField
from forms.parsed import IsoDateField, MoneyField, ShanghaiDateTimeField, WholeField
from forms.rows import RowsField

TRIES = 6
TEXT = "第 {n} 次：双方提交的材料和现场情况均已逐项核对并记录在案。"  # a short field keeps the number

# What leads a case to its end, by the name of the question: chosen once a walk has lasted long enough.
HOMEWARD: Mapping[str, tuple[Any, ...]] = {
    "competence": ("ours",),
    "check": ("docket", "refuse"),
    "review": ("agree",),
    "docketing": ("docket",),
    "decision": ("granted", "issued", "rejected"),
    "answer": ("complete", "confirm"),
    "period": (False,),
    "way": ("written",),
    "result": ("received", "heard", "heard", "put_off", "enforced"),  # what was to be heard in a suspension is put off
    "vote": ("infringed",),
    "concluded": ("majority",),
    "publication": ("publish",),
    "performance": ("performed", "not_applied"),
    "talks": ("failed",),
    "method": ("post", "direct"),
}


# What most requests get, so that most walks come as far as a panel.
MOSTLY: Mapping[str, str] = {"competence": "ours", "check": "docket", "docketing": "docket"}
UNKNOWN = ("username",)  # who has no account here


@dataclass
class Answering:
    """Somebody who answers by chance: ``files`` are the ids of what they uploaded, ``homeward`` says that the end is wanted."""

    rng: Random
    files: list[int]
    homeward: bool = False
    known: Mapping[str, Any] | None = None

    def answers(self, key: str, facts: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return answers that the form takes, as a page hands them on; ``None`` where none was found in a few tries."""
        self.known = facts
        for _ in range(TRIES):
            form = forms.build(key, facts=facts)
            values, wrong = forms.from_json(form, {**self._all(form), **changes})
            assert not wrong, (key, wrong)
            form.process(values)
            if form.validate():
                return form.answers()
        return None

    def _all(self, questions: Questions) -> dict[str, Any]:
        found = {}
        for name, field in questions._fields.items():
            if name in UNKNOWN:
                continue
            value = self._rows(field) if isinstance(field, RowsField) else self._one(name, field)
            if value is not None:
                found[name] = value
        return found

    def _rows(self, field: RowsField) -> list[dict[str, Any]]:
        if field.fixed:
            return [self._row(row.form) for row in field.entries]
        if field.name == "records":
            return [self._row(row.form) for row in field.entries if self.homeward or self.rng.random() < 0.9]
        wanted = self.rng.randint(0 if field.required is None else 1, 2)
        return [self._row(field.blank_row) for _ in range(wanted)]

    def _row(self, entry: Questions) -> dict[str, Any]:
        kept = {name: entry[name].data for name in getattr(entry, "silent", ()) if entry[name].data is not None}
        return {**self._all(entry), **kept}

    def _one(self, name: str, field: Any) -> Any:
        if isinstance(field, Choosing):
            return self._choice(name, field)
        if isinstance(field, TickField):
            return field.required is not None or self.rng.random() < 0.5
        if isinstance(field, FilesField):
            return [self.rng.choice(self.files)]
        maker = next((make for kind, make in _MAKERS if isinstance(field, kind)), None)
        if maker is None or (field.required is None and self.rng.random() < 0.5):
            return None
        return maker(self, name, field)

    def _choice(self, name: str, field: Choosing) -> Any:
        offered = list(field.offered)
        if not offered:
            return None
        if isinstance(field, SomeField):
            if name == "points":
                return offered
            usual = 0 if field.required is None else 1
            least = 2 if name == "officials" else 3 if name == "members" and len(offered) >= 5 else usual
            most = 3 if name == "members" and least == 3 else len(offered)
            return self.rng.sample(offered, min(len(offered), self.rng.randint(least, max(least, most))))
        wanted = [v for v in HOMEWARD.get(name, ()) if v in offered] if self.homeward else []
        if MOSTLY.get(name) in offered and self.rng.random() < 0.8:
            return MOSTLY[name]
        return self.rng.choice(wanted or offered)

    def text(self, _name: str, field: Any) -> str:
        """Return a text that no other answer has."""
        most = getattr(field, "max_length", None) or 1000
        return TEXT.format(n=self.rng.randrange(10**6))[:most]

    def lines(self, name: str, field: Any) -> list[str]:
        """Return one or two lines."""
        return [self.text(name, field)[:200] for _ in range(self.rng.randint(1, 2))]

    def whole(self, _name: str, field: Any) -> int:
        """Return a number within its bounds."""
        return self.rng.randint(field.least, min(field.most, field.least + 40))

    def day(self, name: str, field: Any) -> str:
        """Return today, or a day some days away on the side on which it may lie."""
        away = 0 if self.homeward or name == "received_on" else self.rng.choice((0, 0, 0, 1, 3))
        if field.tense == "past":
            away = -away
        elif field.tense == "future":
            away += 5
        return (clock.today() + timedelta(days=away)).isoformat()

    def instant(self, name: str, _field: Any) -> str:
        """Return a moment: a hearing lies ahead, everything else is over."""
        if name == "at":
            day = clock.today() + timedelta(days=self.rng.randint(3, 20))
            return datetime.combine(day, time(9), tzinfo=clock.ZONE).isoformat()
        back = timedelta(hours=2) if name == "began" else timedelta(0)
        return (clock.now() - back).isoformat(timespec="minutes")


_Maker = Callable[[Answering, str, Any], Any]
_MAKERS: tuple[tuple[type, _Maker], ...] = (
    (IdentifierField, lambda _self, _name, _field: None),
    (LinesField, Answering.lines),
    (WholeField, Answering.whole),
    (MoneyField, lambda _self, _name, _field: "80000.00"),
    (IsoDateField, Answering.day),
    (ShanghaiDateTimeField, Answering.instant),
    (TextField, Answering.text),
)
