"""What the office asks of itself on the fast track (TL60): targets, which no legal text gives."""

from __future__ import annotations

from app.domain.periods import Rule, Term
from app.domain.statute.citations import both, days, kinds, working_days
from app.domain.texts import Text

OFFICE = Text("本局快速调解办理目标", "the office's target for fast mediation")


def _fast_track() -> tuple[Rule, ...]:
    pausing = kinds("recusal", "service", "settlement")
    trial = kinds("suspension", "announcement", "appraisal", "jurisdiction_objection", "evidence_extension")

    def target(
        key: str, zh: str, en: str, n: int, start: str, *, once: bool = True, stops: frozenset[str] = pausing
    ) -> Rule:
        term = Term(citation=OFFICE, start=start, length=working_days(n), exclusions=stops, least=1, most=60)
        return Rule(
            key=key, id="TL60", name=Text(zh, en), terms=both(term), statutory=False, configurable=True, once=once
        )

    return (
        target("fast.finish", "快速调解终结", "Fast track: finish", 15, "accepted"),
        target("fast.triage", "快速调解分流", "Fast track: triage", 1, "request_received", once=False),
        target(
            "fast.contact",
            "快速调解联络双方",
            "Fast track: contact both sides",
            3,
            "accepted",
            stops=kinds("recusal", "settlement"),  # a call need not wait until the paper has been served
        ),
        target("fast.first_session", "快速调解首次调解", "Fast track: first session", 5, "accepted"),
        Rule(
            key="fast.adjudication",
            id="TL60",
            name=Text("快速处理裁决", "Fast track: adjudicate"),
            terms=both(
                Term(
                    citation=Text(
                        "本局快速处理办理目标",
                        "the office's target for fast handling",
                    ),
                    start="accepted",
                    length=days(45),
                    exclusions=pausing | trial,  # a case that stands still is not late for the office either
                    least=1,
                    most=90,
                )
            ),
            statutory=False,
            configurable=True,
        ),
    )


RULES = _fast_track()
