"""Personal details made safe to show: enough to tell two people apart, no more (order 81, art. 83; PIPL art. 51)."""

from __future__ import annotations

import re

from app.domain.labelled import Labelled

HIDDEN = "****"


class Protected(Labelled):
    """What of a party is masked until somebody gives a reason to see it."""

    PHONE = ("phone", "联系电话")
    PHONE_ON_FILE = ("phone_on_file", "系统已有的联系电话")
    RESIDENT_ID = ("resident_id", "居民身份证号")


_PROVINCE = r"(?:[\u4e00-\u9fa5]{2,7}?(?:省|自治区))?"
_CITY = r"(?:[^省市区县\W\d]{1,10}(?:市|自治州|地区|盟))?"
# an estate, a community or an industrial area also ends with 区 but says where somebody lives
_DISTRICT = r"(?:[^省市区县旗镇乡街路道村号\W\d]{1,10}(?:(?<![小社业园宅校厂库])区|县|旗|市))?"
_TO_DISTRICT = re.compile(_PROVINCE + _CITY + _DISTRICT)


def mask_resident_id(number: str) -> str:
    """Return the number with the birth date hidden: ``110105********002X``."""
    return f"{number[:6]}{'*' * 8}{number[-4:]}" if len(number) == 18 else HIDDEN


def mask_mobile(number: str) -> str:
    """Return the number with its middle hidden: ``138****1234``."""
    return f"{number[:3]}{HIDDEN}{number[-4:]}" if len(number) == 11 else HIDDEN


def mask_phone(number: str) -> str:
    """Return a mobile number as ``mask_mobile`` does, a fixed line as ``0757-****3456``; an extension is dropped."""
    line = re.fullmatch(r"(0\d{2,3})-\d{3,4}(\d{4})(?:-\d+)?", number)
    return f"{line[1]}-{HIDDEN}{line[2]}" if line else mask_mobile(number)


def mask_email(address: str) -> str:
    """Return the first character and the domain: ``z****@example.com``."""
    name, at, domain = address.rpartition("@")
    return f"{name[0]}{HIDDEN}@{domain}" if name and at else HIDDEN


def mask_name(name: str) -> str:
    """Return a person's name for a page that anybody may open: ``张**``, ``J****``."""
    if not name:
        return ""
    if re.fullmatch(r"[\u3400-\u9fff·]{2,4}", name):
        return name[0] + "*" * (len(name) - 1)
    return name[0] + HIDDEN


def mask_address(address: str) -> str:
    """Return the address down to the district; one in which no district is found is hidden whole."""
    plain = "".join(address.split())
    known = _TO_DISTRICT.match(plain)
    shown = known.group() if known else ""
    return shown if shown == plain else shown + HIDDEN


def mask_account(number: str) -> str:
    """Return the last four digits of a bank account."""
    return f"****{number[-4:]}" if len(number) > 4 else "****"
