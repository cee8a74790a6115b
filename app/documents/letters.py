"""Letters: the facts of a paper in, a PDF/A-2b out; the same facts always give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.documents import fonts, typesetting
from app.documents.catalogue import KINDS
from app.documents.kinds import Field, Kind, Source
from app.domain import amounts
from app.domain.disputes import RefusalReason, ServiceMethod
from app.domain.errors import RuleBroken
from app.domain.labelled import Labelled
from app.domain.mediation import Stance
from app.domain.texts import Text

LETTERS = Path(__file__).parent / "letters"


def check_facts(kind: str, facts: Mapping[str, Any], *, preview: bool = False) -> None:
    """Raise ``RuleBroken`` naming every required fact that ``facts`` lacks. A preview may lack what the system adds."""
    paper = _paper(kind)
    missing = [f for f in paper.fields if _is_needed(f, preview) and facts.get(f.name) in (None, "", [], {})]
    if missing:
        raise RuleBroken(
            "《%(title)s》还缺少：%(labels)s",
            field=missing[0].name,
            title=Text(paper.name, paper.name_en),
            labels=[f.label for f in missing],
        )


def _is_needed(field: Field, preview: bool) -> bool:
    return field.required and not (preview and field.source is Source.SYSTEM)


def _paper(kind: str) -> Kind:
    paper = KINDS[kind]
    if not paper.has_letter:
        raise ValueError(f"{kind} is handed in as a file; there is no letter for it")
    return paper


def render(kind: str, facts: Mapping[str, Any], *, preview: bool = False) -> bytes:
    """Return the paper as PDF/A-2b. Everything in it, its date too, comes from ``facts``.

    Texts are set as they stand: nothing in them is markup. A character that the fonts lack becomes 〓 and is named by
    its code point at the foot, since a PDF/A must not hold a glyph that is not there.
    """
    check_facts(kind, facts, preview=preview)
    fonts.require()
    paper = KINDS[kind]
    missing: list[str] = []
    printable = _printable(dict(facts), missing)
    about = {
        **{name: getattr(paper, name) for name in ("name", "issuer", "needs_number")},
        "copies": paper.copies_for(len(_receivers(facts))),
        "amount": amounts.on_paper(Decimal(facts["amount"])) if facts.get("amount") else "",
        "preview": preview,
        "missing": missing,
        "refusal_reasons": _choices(*RefusalReason),
        "stances": _choices(Stance.CONSENTS, Stance.DECLINES),
        "service_methods": _choices(*ServiceMethod),
    }
    inputs = {"facts": _json(printable), "paper": _json(about)}
    return typesetting.compiled(LETTERS / f"{kind}.typ", fonts.FONTS, inputs)


def _receivers(facts: Mapping[str, Any]) -> list[Any]:
    """Return whom the paper is addressed to (of an agreement: who takes part), else everybody in the case."""
    sides = ("requesters", "respondents", "third_parties")
    return facts.get("to") or [party for side in sides for party in facts.get(side) or ()]


def _choices(*members: Labelled) -> list[dict[str, str]]:
    return [{"code": member.value, "label": member.label} for member in members]


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _printable(value: Any, missing: list[str]) -> Any:
    """Return ``value`` with every text in it made printable; what could not be is added to ``missing``."""
    if isinstance(value, str):
        return fonts.printable(value, missing)
    if isinstance(value, Mapping):
        return {key: _printable(part, missing) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part, missing) for part in value]
    return value
