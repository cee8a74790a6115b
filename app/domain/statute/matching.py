"""The periods of project matching. The programme gives none: all are the office's own, shorter in the green channel (M09, M10)."""

from __future__ import annotations

from functools import partial

from app.domain.statute import own
from app.domain.texts import Text

OFFICE = Text("本局项目对接办理目标", "the office's own periods for project matching")
GREEN = Text("本局项目直报绿色通道办理目标", "the office's own periods for the green channel of projects")
UNITS = Text("本局项目申报规定", "the office's own rules for units that file projects")

target = partial(own.target, stops=())

RULES = (
    target("project.assign", Text("指派直联专员", "Project: assign a liaison"), 2, "project_filed", OFFICE),
    target("project.guide", Text("项目辅导", "Project: guidance"), 5, "guidance_due", OFFICE),
    target(
        "project.guide_green",
        Text("项目辅导（绿色通道）", "Project: guidance, green channel"),
        2,
        "guidance_due",
        GREEN,
    ),
    own.asked(
        "project.revise",
        Text("修改完善项目", "Project: revise"),
        10,
        "revision_asked",
        UNITS,
        Text("逾期未修改的，按原材料继续办理", "not revised in time, it goes on as it was filed"),
    ),
    target("project.examine", Text("项目推荐审查", "Project: examination"), 10, "guidance_ended", OFFICE),
    target(
        "project.examine_green",
        Text("项目推荐审查（绿色通道）", "Project: examination, green channel"),
        3,
        "guidance_ended",
        GREEN,
    ),
    target(
        "project.report",
        Text("项目报送上级", "Project: report to the upper authority"),
        5,
        "project_recommended",
        OFFICE,
    ),
)
