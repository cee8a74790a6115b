"""The periods of project matching. The programme gives none: all are the office's own, shorter in the green channel (M09, M10)."""

from __future__ import annotations

from app.domain.periods import Rule, Term
from app.domain.statute.citations import both, working_days
from app.domain.texts import Text

OFFICE = Text("本局项目对接办理目标", "the office's own periods for project matching")
GREEN = Text("本局项目直报绿色通道办理目标", "the office's own periods for the green channel of projects")
UNITS = Text("本局项目申报规定", "the office's own rules for units that file projects")


def _rules() -> tuple[Rule, ...]:
    def target(key: str, zh: str, en: str, n: int, start: str, citation: Text = OFFICE) -> Rule:
        """Return what the office asks of itself."""
        term = Term(citation=citation, start=start, length=working_days(n), least=1, most=60)
        return Rule(key=key, id="TL60", name=Text(zh, en), terms=both(term), statutory=False, configurable=True)

    return (
        target("project.assign", "指派直联专员", "Project: assign a liaison", 2, "project_filed"),
        target("project.guide", "项目辅导", "Project: guidance", 5, "guidance_due"),
        target(
            "project.guide_green",
            "项目辅导（绿色通道）",
            "Project: guidance, green channel",
            2,
            "guidance_due",
            GREEN,
        ),
        Rule(
            key="project.revise",
            id="TL60",
            name=Text("修改完善项目", "Project: revise"),
            terms=both(Term(citation=UNITS, start="revision_asked", length=working_days(10), least=1, most=60)),
            effect=Text("逾期未修改的，按原材料继续办理", "not revised in time, it goes on as it was filed"),
            statutory=False,
            acts=True,
            configurable=True,
        ),
        target("project.examine", "项目推荐审查", "Project: examination", 10, "guidance_ended"),
        target(
            "project.examine_green",
            "项目推荐审查（绿色通道）",
            "Project: examination, green channel",
            3,
            "guidance_ended",
            GREEN,
        ),
        target("project.report", "项目报送上级", "Project: report to the upper authority", 5, "project_recommended"),
    )


RULES = _rules()
