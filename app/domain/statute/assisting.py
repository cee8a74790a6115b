"""The periods of a request for help (measure M08). The programme gives none: all are the office's own."""

from __future__ import annotations

from app.domain.periods import Extension
from app.domain.roles import Role
from app.domain.statute.citations import working_days
from app.domain.statute.own import asked, target
from app.domain.texts import Text

OFFICE = Text("本局诉求办理目标", "the office's own periods for requests for help")
MANAGER = Text("名录管理人员", "whoever keeps the roster")


RULES = (
    target("assistance.assign", Text("诉求派单", "Help: assign the request"), 2, "help_asked", OFFICE, stops=()),
    target(
        "assistance.handle",
        Text("诉求办理", "Help: handle and answer"),
        10,
        "help_assigned",
        OFFICE,
        Extension(
            working_days(10),
            Role.ROSTER_MANAGER,
            MANAGER,
            Text("需要其他部门配合", "other departments have to take part"),
        ),
        stops=(),
    ),
    asked(
        "assistance.rate",
        Text("诉求评价", "Help: rate the answer"),
        10,
        "help_answered",
        OFFICE,
        Text("逾期未评价的，工单办结", "not rated in time, the request is closed"),
    ),
)
