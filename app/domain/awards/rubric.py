"""The rubric by which experts score an application, in versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.scoring import Criterion
from app.domain.texts import Text

EXPERTS = 3


@dataclass(frozen=True, slots=True)
class Rubric:
    """A version of the rubric; an application keeps the one by which it was scored."""

    version: int
    criteria: tuple[Criterion, ...]


RUBRICS: Mapping[int, Rubric] = MappingProxyType(
    {
        1: Rubric(
            1,
            (
                Criterion(
                    "innovation",
                    Text("创新水平", "Innovation"),
                    30,
                    Text("技术或者设计的先进性、独创性", "how advanced and original the technology or design is"),
                ),
                Criterion(
                    "protection",
                    Text("知识产权保护", "Protection"),
                    25,
                    Text("权利稳定、布局和维护情况", "how stable, well placed and well kept the rights are"),
                ),
                Criterion(
                    "benefit",
                    Text("经济和社会效益", "Benefit"),
                    30,
                    Text("销售、利润、就业和对行业的带动", "sales, profit, jobs, and what it does for the industry"),
                ),
                Criterion(
                    "authenticity",
                    Text("材料真实、完整", "Evidence"),
                    15,
                    Text("所述事项有材料证明，前后一致", "what is stated is proven and fits together"),
                ),
            ),
        )
    }
)
CURRENT = RUBRICS[max(RUBRICS)]
