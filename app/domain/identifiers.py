"""Numbers by which organisations, people, rights and cases are known: read tolerantly, checked, kept in one form.

Each reader takes what a person typed (full width, spaces, dashes, Chinese punctuation) and returns the form to keep,
or refuses with a sentence that says what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric
from stdnum.cn import uscc as stdnum_uscc

from app import clock
from app.domain.errors import RuleBroken

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_PATENT_SEPARATORS = re.compile(r"[.。·•・,、:;-]")
_PATENT_LABEL = re.compile(r"^(?:专利申请号|专利号|申请号)?(?:ZL)?")

USCC_LENGTH = 18
RESIDENT_LENGTH = 18
OLD_RESIDENT_LENGTH = 15
EMAIL_LENGTH = 200
FIRST_BIRTH_YEAR = 1900
PATENT_LENGTH = 13
OLD_PATENT_LENGTH = 9
PATENT_LAW_YEAR = 1985
NEW_NUMBERING_YEAR = 2003
PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


def normalise(text: str) -> str:
    """Return ``text`` in half width and capitals, without spaces or invisible characters."""
    wide = unicodedata.normalize("NFKC", text)
    return "".join(c for c in wide if not c.isspace() and unicodedata.category(c) != "Cf").upper()


def _compact(text: str) -> str:
    """Return ``normalise(text)`` with every kind of dash written as a hyphen."""
    return normalise(text).translate(_DASHES)


def uscc(text: str) -> str:
    """Return the unified social credit code, 18 characters (GB 32100-2015)."""
    code = _compact(text).replace("-", "")
    if len(code) != USCC_LENGTH:
        raise RuleBroken("统一社会信用代码应为 18 位，现为 %(n)s 位", n=len(code))
    if stranger := re.search(r"[^0-9A-HJ-NP-RTUW-Y]", code):
        raise RuleBroken(
            "统一社会信用代码第 %(place)s 位不能是“%(char)s”；代码由数字和大写字母组成，不含 I、O、S、V、Z",
            place=stranger.start() + 1,
            char=stranger.group(),
        )
    if stranger := re.compile(r"[^0-9]").search(code, 2, 8):
        raise RuleBroken(
            "统一社会信用代码第 3 至 8 位是行政区划码，应为数字；第 %(place)s 位现为“%(char)s”",
            place=stranger.start() + 1,
            char=stranger.group(),
        )
    # only the arithmetic is asked of the library: it knows no code that begins with a letter (N: rural collectives)
    expected = stdnum_uscc.calc_check_digit(code[:-1])
    if code[-1] != expected:
        raise RuleBroken(
            "统一社会信用代码的最后一位是校验码，应为“%(expected)s”；请核对各位有无错漏", expected=expected
        )
    return code


def foreign_number(text: str) -> str:
    """Return the number under which an organisation is registered outside of the mainland; each place has its own form."""
    number = _compact(text)
    if not re.fullmatch(r"[0-9A-Z][0-9A-Z./-]{2,59}", number):
        raise RuleBroken("境外登记号码应为 3 至 60 位字母、数字，可以含 . / -")
    return number


def resident_id(text: str) -> str:
    """Return the 18-digit resident identity number (GB 11643-1999)."""
    number = _compact(text).replace("-", "")
    if len(number) == OLD_RESIDENT_LENGTH:
        raise RuleBroken("15 位的身份证号码已停止使用，请填写 18 位号码")
    if len(number) != RESIDENT_LENGTH:
        raise RuleBroken("身份证号码应为 18 位，现为 %(n)s 位", n=len(number))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise RuleBroken("身份证号码的前 17 位应为数字，最后一位应为数字或 X")
    if not PROVINCE.match(number):
        raise RuleBroken("身份证号码的前两位“%(code)s”不是省级行政区划代码", code=number[:2])
    _check_birth(number)
    expected = ric.calc_check_digit(number)
    if number[-1] != expected:
        raise RuleBroken("身份证号码的最后一位是校验码，应为“%(expected)s”；请核对各位有无错漏", expected=expected)
    return number


def _check_birth(number: str) -> None:
    """Refuse a resident number whose birth date is no date, or lies outside of living memory."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise RuleBroken(
            "身份证号码中的出生日期“%(digits)s”不存在", digits=f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        ) from None
    if born.year < FIRST_BIRTH_YEAR or born > clock.today():
        raise RuleBroken("身份证号码中的出生日期“%(digits)s”不合理", digits=born.isoformat())


class PatentKind(StrEnum):
    """What the kind digit of an application number says."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    PCT_INVENTION = "pct_invention"
    PCT_UTILITY = "pct_utility"


PATENT_KINDS = {
    "1": PatentKind.INVENTION,
    "2": PatentKind.UTILITY_MODEL,
    "3": PatentKind.DESIGN,
    "8": PatentKind.PCT_INVENTION,
    "9": PatentKind.PCT_UTILITY,
}


@dataclass(frozen=True)
class PatentNumber:
    """A patent's application number, which is also its patent number: ``202330418812.8``."""

    number: str
    year: int
    kind: PatentKind
    old_form: bool


def patent_check_digit(body: str) -> str:
    """Return the check digit behind the dot: weights 2 to 9, then from 2 again, modulo 11, ten is X."""
    total = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(body))
    return "0123456789X"[total % 11]


def patent_number(text: str) -> PatentNumber:
    """Return the patent number, in the form since October 2003 (12 digits and check) or before (8 and check)."""
    digits = _patent_digits(text)
    if len(digits) in (PATENT_LENGTH - 1, OLD_PATENT_LENGTH - 1) and not digits.endswith("X"):
        raise RuleBroken(
            "专利号缺少小数点后的校验位；按所填数字，校验位应为 %(expected)s", expected=patent_check_digit(digits)
        )
    if len(digits) not in (PATENT_LENGTH, OLD_PATENT_LENGTH):
        raise RuleBroken("专利号应为 13 位（2003 年 10 月以前申请的为 9 位），含校验位；现为 %(n)s 位", n=len(digits))
    body, check = digits[:-1], digits[-1]
    old_form = len(digits) == OLD_PATENT_LENGTH
    year = _patent_year(body, old_form)
    kind = PATENT_KINDS.get(body[2 if old_form else 4])
    if kind is None:
        raise RuleBroken(
            "专利号中表示种类的数字“%(digit)s”不存在：1 发明、2 实用新型、3 外观设计、8 和 9 为国际申请",
            digit=body[2 if old_form else 4],
        )
    expected = patent_check_digit(body)
    if check != expected:
        raise RuleBroken("专利号的校验位应为 %(expected)s；请核对各位有无错漏", expected=expected)
    return PatentNumber(f"{body}.{check}", year, kind, old_form)


def _patent_digits(text: str) -> str:
    """Return the digits of what was typed, the check digit last; labels, ``ZL`` and separators are gone."""
    bare = _PATENT_SEPARATORS.sub("", _compact(text))
    if bare.startswith("CN"):
        raise RuleBroken("请填写专利号（以 ZL 开头）或者申请号，不要填写以 CN 开头的公开（公告）号")
    digits = _PATENT_LABEL.sub("", bare)
    if stranger := re.search(r"[^0-9X]|X(?!\Z)", digits):
        raise RuleBroken("专利号中不能有“%(char)s”；专利号由数字组成，只有校验位可以是 X", char=stranger.group())
    return digits


def _patent_year(body: str, old_form: bool) -> int:
    """Return the year of the application, refusing one in which no such number was given."""
    if not old_form:
        year, first, last = int(body[:4]), NEW_NUMBERING_YEAR, clock.today().year
    else:
        short = int(body[:2])
        year, first, last = short + (1900 if short > NEW_NUMBERING_YEAR % 100 else 2000), PATENT_LAW_YEAR, 2003
    if not first <= year <= last:
        raise RuleBroken("专利号中的申请年份“%(year)s”不合理", year=year)
    return year


def trademark_number(text: str) -> str:
    """Return the trademark registration number: up to 8 digits with an optional letter, or Madrid ``G`` numbers."""
    number = re.sub(r"^第|号$", "", _compact(text))
    if not re.fullmatch(r"(?:[1-9][0-9]{0,7}|G[0-9]{6,7})[A-Z]?", number):
        raise RuleBroken("商标注册号应为 1 至 8 位数字（可带一个字母后缀），国际注册为 G 加 6 至 7 位数字")
    return number


def copyright_number(text: str) -> str:
    """Return the registration number of a work (``国作登字-2021-F-00123456``) or of software (``2020SR0123456``)."""
    number = _compact(text)
    work = re.fullmatch(r"([\u4e00-\u9fa5]{1,4})作登字-?([12][0-9]{3})-?([A-Z])-?([0-9]{8})", number)
    if work:
        return "{}作登字-{}-{}-{}".format(*work.groups())
    if re.fullmatch(r"[12][0-9]{3}SR[0-9]{4,7}", number):
        return number
    raise RuleBroken("登记号应如“国作登字-2021-F-00123456”（作品）或“2020SR0123456”（软件）")


def mobile(text: str) -> str:
    """Return the mainland mobile number, 11 digits; a country code and dashes may have been typed."""
    number = re.sub(r"^(?:\+86|0086|86(?=1[0-9]{10}$))", "", _compact(text).replace("-", ""))
    if stranger := re.search(r"[^0-9]", number):
        raise RuleBroken("手机号码中不能有“%(char)s”", char=stranger.group())
    if len(number) != 11:
        raise RuleBroken("手机号码应为 11 位，现为 %(n)s 位", n=len(number))
    if not re.match(r"1[3-9]", number):
        raise RuleBroken("手机号码应以 13 至 19 开头")
    return number


def landline(text: str) -> str:
    """Return the fixed-line number as ``0757-83123456``, with ``-`` and the extension if there is one."""
    number = re.sub(r"转|EXT\.?", "-", _compact(text)).replace("(", "").replace(")", "-").replace("--", "-")
    found = re.fullmatch(
        r"(?:(?:\+86|0086)-?0?|0)(10|2[0-9]|[3-9][0-9]{2})-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?", number
    )
    if not found:
        raise RuleBroken("固定电话应写明区号，例如 0757-83123456，分机号写在最后，例如 0757-83123456-801")
    area, line, extension = found.groups()
    return f"0{area}-{line}" + (f"-{extension}" if extension else "")


def phone(text: str) -> str:
    """Return a mobile or a fixed-line number, whichever was typed."""
    number = _compact(text)
    return mobile(text) if re.match(r"(?:\+86|0086|86)?-?1[3-9]", number) else landline(text)


def postcode(text: str) -> str:
    """Return the six-digit postcode."""
    number = normalise(text)
    if not re.fullmatch(r"[0-8][0-9]{5}", number):
        raise RuleBroken("邮政编码应为 6 位数字")
    return number


def bank_account(text: str) -> str:
    """Return the number of a bank account: 8 to 32 digits, without spaces and hyphens."""
    number = _compact(text).replace("-", "")
    if not re.fullmatch(r"[0-9]{8,32}", number):
        raise RuleBroken("银行账号应当是 8 至 32 位数字")
    return number


def is_personal_card(number: str) -> bool:
    """Say whether an account number is that of a bank card of a person (GB/T 15694: UnionPay, 62…, check digit by Luhn)."""
    return number.startswith("62") and 16 <= len(number) <= 19 and luhn.is_valid(number)


def email(text: str) -> str:
    """Return the e-mail address with its domain in small letters; the name before ``@`` is left as typed."""
    wide = unicodedata.normalize("NFKC", text)
    address = "".join(c for c in wide if not c.isspace() and unicodedata.category(c) != "Cf")
    name, _, domain = address.partition("@")
    label = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    atom = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    known = re.fullmatch(rf"{atom}(?:\.{atom})*", name) and re.fullmatch(rf"{label}(?:\.{label})+", domain)
    if not known or len(name) > 64 or len(address) > EMAIL_LENGTH:
        raise RuleBroken("电子邮箱的格式不正确，应如 name@example.com")
    return f"{name}@{domain.lower()}"


def format_case_number(prefix: str, kind: str, year: int, n: int) -> str:
    """Return the case number ``{prefix}{kind}〔year〕n号``: hexagonal brackets, no padding (GB/T 9704-2012)."""
    return f"{prefix}{kind}\u3014{year}\u3015{n}号"


def case_number(text: str) -> str:
    """Return the case number in its one form, from any brackets a keyboard has."""
    found = re.fullmatch(
        r"([\u4e00-\u9fa5]{2,14})[\u3014\[(【〖<《](20[0-9]{2})[\u3015\])】〗>》]第?0*([1-9][0-9]{0,6})号?",
        normalise(text),
    )
    if not found:
        raise RuleBroken("案号应如“粤佛知快调〔2026〕1号”")
    words, year, n = found.groups()
    return format_case_number(words, "", int(year), int(n))


def matter_number(text: str) -> str:
    """Return the case number or the receipt number that somebody typed, each in its one form."""
    number = _compact(text).replace("-", "")
    return number if re.fullmatch(r"[A-Z]{2}[0-9]{13}", number) else case_number(text)


def receipt_number(on: date, n: int, letters: str = "FS") -> str:
    """Return the receipt number (受理号) of the ``n``-th request of a year, filed on ``on``, with a check digit (Luhn)."""
    body = f"{on:%y%m%d}{n:06d}"
    return f"{letters}{body}{luhn.calc_check_digit(body)}"
