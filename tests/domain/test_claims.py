"""The office orders somebody to stop; money and apologies it can only mediate."""

from __future__ import annotations

import pytest

from app.domain.claims import parted


@pytest.mark.parametrize(
    ("requests", "decided", "mediated"),
    [
        (
            ["停止销售被控产品", "赔偿经济损失及合理开支 12 万元"],
            ["停止销售被控产品"],
            ["赔偿经济损失及合理开支 12 万元"],
        ),
        (["停止侵权并赔偿经济损失，公开赔礼道歉"], ["停止侵权"], ["赔偿经济损失，公开赔礼道歉"]),
        (["停止制造，销毁专用模具"], ["停止制造，销毁专用模具"], []),
        (["支付许可使用费"], [], ["支付许可使用费"]),
        ([], [], []),
    ],
)
def test_damages_and_apologies_are_split_off(requests: list[str], decided: list[str], mediated: list[str]) -> None:
    assert parted(requests) == (decided, mediated)
