"""What nearly every paper of an adjudication prints beside the parties and the dates: the patent, the panel, the law."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import bases
from app.domain.disputes import PATENT_RIGHTS, DisputeKind, RightType, written_number
from app.domain.events import PanelChanged
from app.domain.periods import Regime
from app.domain.roles import PartyRole, Role
from app.models import Adjudication, Case, CaseStaff, Event
from app.services import papers
from app.services.acting import letter_facts


@letter_facts("adjudication")
def of_the_case(session: Session, case: Case, on: date) -> dict[str, Any]:
    """Return the patent and the panel of a case, and what else is open to its parties from the day of the paper."""
    row = session.get_one(Adjudication, case.id)
    right = RightType(row.right_type)
    return {
        "right": {
            "type": right.label,
            "number": written_number(right, row.right_number),
            "name": row.right_name,
            "holder": row.right_holder,
            "patent": right in PATENT_RIGHTS,
        },
        "trademark_law": "",
        "other_ways": bases.other_ways(right, DisputeKind.INFRINGEMENT, on),
        "cause": f"{right.label}侵权纠纷",
        "claims": row.claims,
        "third_parties": [papers.facts_of(p) for p in case.parties if p.role == PartyRole.THIRD_PARTY],
        "docketed_on": row.docketed_on.isoformat() if row.docketed_on else "",
        "panel": panel_of(case, row),
        "law": Regime(case.regime).law.zh.partition("（")[0],
    }


def panel_of(case: Case, row: Adjudication) -> dict[str, Any] | None:
    """Return who presides, the other members and who keeps the record; ``None`` before the panel is named."""
    return _named(case.seats(Role.ADJUDICATOR), row.recorder.name if row.recorder else "")


def panel_at(session: Session, case: Case, row: Adjudication, at: datetime) -> dict[str, Any] | None:
    """Return the panel and the recorder of that moment: who came later was not there."""
    seats = [
        s for s in case.staff if s.role == Role.ADJUDICATOR and s.since <= at and (s.until is None or s.until > at)
    ]
    changes = select(Event.data).where(Event.case_id == case.id, Event.kind == PanelChanged.kind, Event.at > at)
    later = [data["out"] for data in session.scalars(changes.order_by(Event.seq)) if data.get("recorder")]
    return _named(seats, later[0] if later else row.recorder.name if row.recorder else "")


def _named(seats: list[CaseStaff], recorder: str) -> dict[str, Any] | None:
    if not seats:
        return None
    return {
        "presiding": next((s.user.name for s in seats if s.presides), ""),
        "members": [s.user.name for s in seats if not s.presides],
        "recorder": recorder,
    }
