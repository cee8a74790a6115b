"""The periods of nomination and yearly review for the roster. The programme gives none: all are the office's own."""

from __future__ import annotations

from app.domain.statute.own import asked, target
from app.domain.texts import Text

OFFICE = Text("本局名录管理目标", "the office's own periods for the roster")
UNIT = Text("本局名录管理规定", "the office's own rules for units of the roster")

RULES = (
    target("roster.formality", Text("自荐形式审查", "Roster: formality check"), 5, "nomination_received", OFFICE),
    asked(
        "roster.correction",
        Text("补正自荐材料", "Roster: correct the nomination"),
        10,
        "correction_asked",
        UNIT,
        Text("逾期未补正的，不予受理", "not corrected in time, it is not accepted"),
    ),
    target("roster.evaluate", Text("第三方评审", "Roster: third-party evaluation"), 15, "evaluation_began", OFFICE),
    asked(
        "roster.self_report",
        Text("年度自评", "Roster: yearly self-report"),
        20,
        "review_opened",
        UNIT,
        Text("逾期未报的，按已掌握的情况评定", "not reported in time, what is known counts"),
    ),
    target("roster.check", Text("核实年度情况", "Roster: check the facts"), 15, "self_report_in", OFFICE),
    target("roster.assess", Text("评定年度复核", "Roster: assess the year"), 10, "facts_checked", OFFICE),
    target("roster.approve", Text("审批年度复核", "Roster: approve the assessment"), 5, "assessment_made", OFFICE),
    asked(
        "roster.put_right",
        Text("整改", "Roster: put right what was found"),
        40,
        "putting_right_asked",
        UNIT,
        Text("逾期未整改的，视为整改不到位", "not put right in time, it counts as not put right"),
    ),
    target("roster.examine", Text("验收整改", "Roster: examine what was put right"), 10, "put_right_reported", OFFICE),
)
