"""The periods of a yearly visit. The programme asks for one each year and gives no other number: all are the office's own."""

from __future__ import annotations

from app.domain.periods import Rule, Term
from app.domain.statute.citations import both
from app.domain.statute.own import asked, target
from app.domain.texts import Text

OFFICE = Text("本局回访办理目标", "the office's own periods for visits")


def _day(key: str, name: Text, start: str, note: Text) -> Rule:
    """Return a day that the plan or the record names."""
    term = Term(citation=OFFICE, start=start, note=note)
    return Rule(key=key, id="", name=name, terms=both(term), statutory=False, agreed=True)


RULES = (
    _day(
        "visit.planned",
        Text("计划的最迟回访日", "Visit: by the day of the plan"),
        "visit_begun",
        Text("以年度回访计划为准", "the plan of the year names the day"),
    ),
    asked(
        "visit.answer",
        Text("答复回访问卷", "Visit: answer the questionnaire"),
        10,
        "visit_fixed",
        OFFICE,
        Text("逾期未答复的，回访照常进行，当面了解", "without an answer the visit is held all the same"),
    ),
    target("visit.record", Text("登记回访", "Visit: record it"), 5, "visit_day", OFFICE, stops=()),
    _day(
        "visit.follow",
        Text("解决回访发现的问题", "Visit: see to what was found"),
        "visit_held",
        Text("以最早到期的问题为准", "the problem that is due first names the day"),
    ),
    target("visit.conclude", Text("作出回访结论", "Visit: conclude"), 10, "visit_seen_to", OFFICE, stops=()),
)
