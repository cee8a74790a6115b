"""The periods of a yearly visit. The programme asks for one each year and gives no other number: all are the office's own."""

from __future__ import annotations

from app.domain.periods import Rule, Term
from app.domain.statute.citations import both, working_days
from app.domain.texts import Text

OFFICE = Text("本局回访办理目标", "the office's own periods for visits")


def _rules() -> tuple[Rule, ...]:
    def target(key: str, zh: str, en: str, n: int, start: str) -> Rule:
        """Return what the office asks of itself."""
        term = Term(citation=OFFICE, start=start, length=working_days(n), least=1, most=60)
        return Rule(key=key, id="TL60", name=Text(zh, en), terms=both(term), statutory=False, configurable=True)

    def day(key: str, zh: str, en: str, start: str, note: Text) -> Rule:
        """Return a day that the plan or the record names."""
        term = Term(citation=OFFICE, start=start, note=note)
        return Rule(key=key, id="", name=Text(zh, en), terms=both(term), statutory=False, agreed=True)

    return (
        day(
            "visit.planned",
            "计划的最迟回访日",
            "Visit: by the day of the plan",
            "visit_begun",
            Text("以年度回访计划为准", "the plan of the year names the day"),
        ),
        Rule(
            key="visit.answer",
            id="TL60",
            name=Text("答复回访问卷", "Visit: answer the questionnaire"),
            terms=both(Term(citation=OFFICE, start="visit_fixed", length=working_days(10), least=1, most=60)),
            effect=Text("逾期未答复的，回访照常进行，当面了解", "without an answer the visit is held all the same"),
            statutory=False,
            acts=True,
            configurable=True,
        ),
        target("visit.record", "登记回访", "Visit: record it", 5, "visit_day"),
        day(
            "visit.follow",
            "解决回访发现的问题",
            "Visit: see to what was found",
            "visit_held",
            Text("以最早到期的问题为准", "the problem that is due first names the day"),
        ),
        target("visit.conclude", "作出回访结论", "Visit: conclude", 10, "visit_seen_to"),
    )


RULES = _rules()
