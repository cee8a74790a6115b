"""The periods of a request for help (measure M08). The programme gives none: all are the office's own."""

from __future__ import annotations

from app.domain.periods import Extension, Rule, Term
from app.domain.roles import Role
from app.domain.statute.citations import both, working_days
from app.domain.texts import Text

OFFICE = Text("本局诉求办理目标", "the office's own periods for requests for help")
MANAGER = Text("名录管理人员", "whoever keeps the roster")


def _rule(key: str, name: Text, n: int, start: str, *extensions: Extension, effect: Text | None = None) -> Rule:
    term = Term(citation=OFFICE, start=start, length=working_days(n), least=1, most=60, extensions=extensions)
    return Rule(
        key=key,
        id="TL60",
        name=name,
        terms=both(term),
        effect=effect,
        statutory=False,
        acts=effect is not None,
        configurable=True,
    )


RULES = (
    _rule("assistance.assign", Text("诉求派单", "Help: assign the request"), 2, "help_asked"),
    _rule(
        "assistance.handle",
        Text("诉求办理", "Help: handle and answer"),
        10,
        "help_assigned",
        Extension(
            working_days(10),
            Role.ROSTER_MANAGER,
            MANAGER,
            Text("需要其他部门配合", "other departments have to take part"),
        ),
    ),
    _rule(
        "assistance.rate",
        Text("诉求评价", "Help: rate the answer"),
        10,
        "help_answered",
        effect=Text("逾期未评价的，工单办结", "not rated in time, the request is closed"),
    ),
)
