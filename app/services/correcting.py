"""The period in which a request is put right runs from the day on which the notice reaches the requester (order 81, art. 16)."""

from __future__ import annotations

from datetime import date

from app.models import Document, Party
from app.services import clocks
from app.services.acting import Acting, after_service

# The step in which it is put right, and its period, by process.
STEPS = {
    "mediation": ("correct_materials", "mediation.correction"),
    "adjudication": ("correct_request", "adjudication.correction"),
}


@after_service("correction_notice")
def correction_runs(acting: Acting, document: Document, party: Party, on: date) -> None:
    """Count the period of ``party`` from that day, as long as the notice says."""
    key, rule = STEPS[acting.case.kind]
    clocks.run_from_service(acting, rule, key, party, on, int((document.facts or {})["days"]))
