"""Reading the number of a right together with the kind of right it should belong to."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.disputes import RightType
from app.domain.errors import RuleBroken
from app.domain.identifiers import PatentKind, patent_number

KINDS = {
    PatentKind.INVENTION: RightType.INVENTION,
    PatentKind.PCT_INVENTION: RightType.INVENTION,
    PatentKind.UTILITY_MODEL: RightType.UTILITY_MODEL,
    PatentKind.PCT_UTILITY: RightType.UTILITY_MODEL,
    PatentKind.DESIGN: RightType.DESIGN,
}


def patent_reader(right: RightType) -> Callable[[str], str]:
    """Return a reader of patent numbers that refuses the number of another kind of patent."""

    def read(text: str) -> str:
        number = patent_number(text)
        found = KINDS[number.kind]
        if found != right:
            raise RuleBroken(
                "这是%(found)s的号码，与所选的%(right)s不一致，请核对", found=found.label, right=right.label
            )
        return number.number

    return read
