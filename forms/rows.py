"""A part of a form that is repeated: parties, evidence, attempts at service."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.utils import unset_value

from forms.asked import Asked
from forms.base import Entry
from forms.text import Said


class RowField(FormField):
    """One row."""

    when = required_when = present_if = ""
    required = None


class RowsField(Asked, FieldList):
    """Between ``least`` and ``most`` rows of one kind of entry; rows in which nothing was filled in do not count.

    ``fixed`` rows are those the form starts from: none is added and none taken away.
    """

    entries: list[Any]
    _own_errors: tuple[Any, ...] | list[Any] = ()

    def __init__(
        self, entry: type[Entry], label: Said, *, most: int, least: int = 0, fixed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(RowField(entry), label, min_entries=least, max_entries=most, **kwargs)
        self.entry = entry
        self.least = least
        self.most = most
        self.fixed = fixed
        self.sent = 0

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        # an empty form was sent by somebody who gave no rows; it is not the same as no form
        super().process(formdata, () if formdata is not None else data, extra_filters)

    def _extract_indices(self, prefix: str, formdata: Any) -> set[int]:
        name = re.compile(re.escape(prefix) + r"-([0-9]{1,4})-")
        places = {int(found.group(1)) for key in formdata if (found := name.match(key))}
        self.sent = len(places)
        return places

    @property
    def filled(self) -> list[Any]:
        """Return the rows that count; where all are empty, as many as there must be, so that they are refused."""
        return [row for row in self.entries if not row.form.blank] or self.entries[: self.least]

    @property
    def blank(self) -> bool:
        return all(row.form.blank for row in self.entries)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check each row that counts, then how many there are."""
        self.errors = []
        every = self.fixed and self.blank and form.needs_answer(self)
        for row in self.entries if every else self.filled:
            row.validate(form)
        self._refuse_the_same_twice()
        if self.sent > self.most:
            self.errors = [str(_l("最多 %(most)s 项，现为 %(n)s 项", most=self.most, n=self.sent))]
        if not self.errors and self.blank and form.needs_answer(self):
            self.errors = [str(self.required)]
        return not self.errors

    def _refuse_the_same_twice(self) -> None:
        """What each row is about, where that is given, stands in one row only."""
        if not self.fixed:
            return
        seen: set[Any] = set()
        for row in self.filled:
            for name in self.entry.silent:
                about = row.form[name].data
                if about is not None and about in seen:
                    row.form.refuse(name, _l("同一项只填写一次"))
                seen.add(about)

    @property
    def errors(self) -> list[Any]:
        """Return the refusals of the whole, and where a row is refused those of each row, whenever that was."""
        rows = [row.errors for row in self.entries]
        return [*self._own_errors, *(rows if any(rows) else ())]

    @errors.setter
    def errors(self, own: list[Any]) -> None:
        self._own_errors = [one for one in own if not isinstance(one, dict)]

    @property
    def blank_row(self) -> Entry:
        """Return the next row as it stands before anything is filled in; it is not part of the form."""
        name = f"{self.name}-{len(self.entries)}"
        row = self.meta.bind_field(self._form, self.unbound_field, {"name": name, "_meta": self.meta})
        row.process(None)
        entry: Entry = row.form
        return entry

    def unanswered(self) -> list[Any]:
        return []

    def answer(self) -> list[dict[str, Any]]:
        return [row.form.answers() for row in self.entries if not row.form.blank]

    def add_row(self) -> None:
        """Add an empty row, where there is room for one."""
        if len(self.entries) < self.most:
            self.append_entry()

    def remove_row(self, place: str) -> None:
        """Take the row at ``place`` away, where there is one and more than the least number are left."""
        if re.fullmatch(r"[0-9]{1,4}", place) and int(place) < len(self.entries) and len(self.entries) > self.least:
            del self.entries[int(place)]
            self._compact_indices()
