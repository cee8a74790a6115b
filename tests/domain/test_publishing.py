"""What must not be seen in a published decision is found and taken out."""

from __future__ import annotations

import pytest

from app.domain import publishing


@pytest.mark.parametrize(
    "secret",
    ["11010519491231002X", "13800138000", "0757-83123456", "zhou@example.cn", "6222021234567890123"],
)
def test_what_is_protected_by_its_kind_is_taken_out(secret: str) -> None:
    text = f"被请求人（{secret}）制造了被控产品。"
    assert publishing.passages(text) == [secret]
    assert publishing.masked(text) == "被请求人（■■■■■■）制造了被控产品。"


@pytest.mark.parametrize("kept", ["ZL 2023 2 0418812.2", "2026年3月2日", "80000.00 元", "权利要求 1 至 3"])
def test_what_a_decision_needs_stays(kept: str) -> None:
    assert publishing.masked(kept) == kept


def test_words_that_somebody_chooses_are_taken_out_longest_first() -> None:
    text = "客户甲公司、客户甲公司南海分公司"
    assert publishing.masked(text, ["客户甲公司", "客户甲公司南海分公司"]) == "■■■■■、■■■■■■"
    assert publishing.passages(text, ["没有出现", ""]) == []


@pytest.mark.parametrize(
    ("name", "shown"), [("周海风", "周某某"), ("周海", "周某"), ("欧阳慕容晓岚", "欧某某"), ("周", "周某")]
)
def test_a_natural_person_is_called_by_the_first_character(name: str, shown: str) -> None:
    assert publishing.initial(name) == shown
    assert publishing.renamed(f"请求人与{name}的纠纷", {name: shown}) == f"请求人与{shown}的纠纷"
