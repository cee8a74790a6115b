"""What the API shows of a thing, and the schemas that say so; kept side by side so that they cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.domain import bases, deadlines, statute
from app.models import Case, Deadline, Document, Event, Party, Task

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NONE: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}


def thing(optional: Mapping[str, Schema] = MappingProxyType({}), /, **properties: Schema) -> Schema:
    """Return the schema of an object with exactly these members, of which the ``optional`` ones may be left out."""
    return {
        "type": "object",
        "properties": {**properties, **optional},
        "required": sorted(properties),
        "additionalProperties": False,
    }


def listing(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


TASK = thing(
    id=NUMBER,
    key=TEXT,
    form=TEXT,
    title=TEXT,
    title_en=TEXT,
    process=TEXT,
    case_id=NUMBER,
    case_number=TEXT,
    case_title=TEXT,
    role=TEXT,
    party_id={"type": ["integer", "null"]},
    assignee={"type": ["integer", "null"]},
    opened_at=MOMENT,
    due=DAY_OR_NONE,
    provisional=FLAG,
    paused=FLAG,
    state=TEXT,
)


def task(row: Task) -> dict[str, Any]:
    """Return a task as the API shows it."""
    return {
        "id": row.id,
        "key": row.key,
        "form": row.form,
        "title": row.title,
        "title_en": row.title_en,
        "process": row.process,
        "case_id": row.case_id,
        "case_number": row.case_number,
        "case_title": row.case_title,
        "role": row.role,
        "party_id": row.party_id,
        "assignee": row.assignee_id,
        "opened_at": row.opened_at.isoformat(),
        "due": row.due_on.isoformat() if row.due_on else None,
        "provisional": row.provisional,
        "paused": row.paused,
        "state": row.state,
    }


PARTY = thing(id=NUMBER, role=TEXT, name=TEXT, stance=TEXT_OR_NONE)


def party(row: Party, stance: str | None) -> dict[str, Any]:
    """Return a party with the stance that somebody in the case knows of."""
    return {"id": row.id, "role": row.role, "name": row.name, "stance": stance}


DEADLINE = thing(
    id=NUMBER,
    rule=TEXT,
    rule_id=TEXT_OR_NONE,
    name=TEXT,
    start=DAY,
    due=DAY,
    provisional=FLAG,
    paused=FLAG,
    state=TEXT,
    party_id={"type": ["integer", "null"]},
    citation=TEXT,
)


def deadline(row: Deadline, right: str | None) -> dict[str, Any]:
    """Return a period with the rule it follows; a text that does not speak of the right in dispute is not cited."""
    rule = statute.rule(row.rule)
    citation = rule.term(deadlines.Regime(row.regime)).citation.zh
    return {
        "id": row.id,
        "rule": row.rule,
        "rule_id": rule.id or None,
        "name": rule.name.zh,
        "start": row.start_on.isoformat(),
        "due": row.due_on.isoformat(),
        "provisional": row.provisional,
        "paused": row.state == "paused",
        "state": row.state,
        "party_id": row.party_id,
        "citation": citation if bases.speaks_of(citation, right) else "",
    }


EVENT = thing(seq=NUMBER, kind=TEXT, at=MOMENT, by=TEXT_OR_NONE, data={"type": "object"})


def event(row: Event) -> dict[str, Any]:
    """Return a row of the history."""
    return {
        "seq": row.seq,
        "kind": row.kind,
        "at": row.at.isoformat(),
        "by": row.by.name if row.by else None,
        "data": row.data,
    }


DOCUMENT = thing(
    id=NUMBER,
    kind=TEXT,
    title=TEXT,
    number=TEXT_OR_NONE,
    issued=FLAG,
    made_on=DAY,
    sha256=TEXT_OR_NONE,
    url=TEXT_OR_NONE,
)


def document(row: Document) -> dict[str, Any]:
    """Return a paper of a case; without a hash it is still being made."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "number": row.number,
        "issued": row.issued,
        "made_on": row.made_on.isoformat(),
        "sha256": row.file.sha256 if row.file else None,
        "url": f"/api/v1/cases/{row.case_id}/documents/{row.id}" if row.file else None,
    }


CASE = thing(
    id=NUMBER,
    number=TEXT,
    receipt_number=TEXT,
    process=TEXT,
    state=TEXT,
    outcome=TEXT_OR_NONE,
    title=TEXT,
    subject=TEXT,
    received_on=DAY,
    first_filed_on=DAY,
    regime=TEXT,
    parties=listing(PARTY),
    tasks=listing(TASK),
    deadlines=listing(DEADLINE),
    events=listing(EVENT),
    documents=listing(DOCUMENT),
    acts=listing(TEXT),
)


def case(row: Case, *, state: str, **lists: list[dict[str, Any]] | list[str]) -> dict[str, Any]:
    """Return a case with the state and the lists that this person may see."""
    return {
        "id": row.id,
        "number": row.number,
        "receipt_number": row.receipt_number,
        "process": row.kind,
        "state": state,
        "outcome": row.outcome,
        "title": row.title,
        "subject": row.subject,
        "received_on": row.received_on.isoformat(),
        "first_filed_on": row.first_filed_on.isoformat(),
        "regime": row.regime,
        **lists,
    }


OPENED = thing(id=NUMBER, number=TEXT, receipt_number=TEXT, state=TEXT, tasks=listing(TASK))
TASK_WITH_FORM = thing(task=TASK, form={"type": "object"}, may_complete=FLAG)
FILE = thing(id=NUMBER, name=TEXT, media_type=TEXT, size=NUMBER, sha256=TEXT)
PROCESS = thing(key=TEXT, name=TEXT, name_en=TEXT, form={"type": "object"})
TOKEN = thing(token=TEXT, expires_at=MOMENT)
