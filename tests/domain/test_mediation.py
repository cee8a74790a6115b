"""How the rights in dispute are quoted."""

from __future__ import annotations

import pytest

from app.domain.disputes import PATENT_RIGHTS, RightType, written_number


@pytest.mark.parametrize("right", list(RightType))
def test_the_number_of_a_granted_patent_begins_with_zl(right: RightType) -> None:
    expected = "ZL 202330418812.8" if right in PATENT_RIGHTS else "202330418812.8"
    assert written_number(right.value, "202330418812.8") == expected
    assert written_number(right.value, "") == ""
