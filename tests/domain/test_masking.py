"""What is shown of a person to those who need not know more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import masking


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (masking.mask_resident_id, "11010519491231002X", "110105********002X"),
        (masking.mask_resident_id, "110105491231002", "****"),
        (masking.mask_mobile, "13800131234", "138****1234"),
        (masking.mask_mobile, "1234", "****"),
        (masking.mask_phone, "13800131234", "138****1234"),
        (masking.mask_phone, "0757-83123456", "0757-****3456"),
        (masking.mask_phone, "0757-83123456-801", "0757-****3456"),
        (masking.mask_email, "zhangsan@example.com", "z****@example.com"),
        (masking.mask_email, "nothing", "****"),
        (masking.mask_email, "@example.com", "****"),
        (masking.mask_name, "张三", "张*"),
        (masking.mask_name, "欧阳修文", "欧***"),
        (masking.mask_name, "John Smith", "J****"),
        (masking.mask_name, "李", "李****"),
        (masking.mask_name, "", ""),
    ],
)
def test_a_detail_is_masked(mask: Callable[[str], str], plain: str, shown: str) -> None:
    assert mask(plain) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("广东省佛山市南海区桂城街道桂澜路1号", "广东省佛山市南海区****"),
        ("佛山市 顺德区 大良街道", "佛山市顺德区****"),
        ("广东省佛山市禅城区市东下路12号", "广东省佛山市禅城区****"),
        ("北京市朝阳区建国路1号", "北京市朝阳区****"),
        ("广西壮族自治区南宁市青秀区民族大道", "广西壮族自治区南宁市青秀区****"),
        ("广东省中山市小榄镇工业区3号", "广东省中山市****"),
        ("幸福花园小区3栋101", "****"),
        ("佛山市南海区", "佛山市南海区"),
        ("桂城街道桂澜路1号", "****"),
        ("", ""),
    ],
)
def test_an_address_is_shown_down_to_the_district(address: str, shown: str) -> None:
    assert masking.mask_address(address) == shown


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
@settings(max_examples=50, deadline=None)
def test_four_digits_of_a_mobile_number_stay_hidden(number: str) -> None:
    shown = masking.mask_mobile(number)
    assert shown[3:7] == "****"
    assert shown[:3] + shown[7:] == number[:3] + number[7:]
