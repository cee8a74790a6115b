"""What the entries of the catalogue are written with: where a fact comes from, and the few forms that papers have.

An id beginning with D is that of the office's list of papers; one beginning with PY is this product's own.
"""

from __future__ import annotations

from app.documents.kinds import Field, Issuer, Kind, Source


def case(name: str, label: str, required: bool = True) -> Field:
    """Return a fact that stands in the case."""
    return Field(name, label, Source.CASE, required)


def answer(name: str, label: str, required: bool = True) -> Field:
    """Return a fact that whoever makes the paper answers."""
    return Field(name, label, Source.ANSWER, required)


def system(name: str, label: str, required: bool = True) -> Field:
    """Return a fact that the system adds as the paper is issued."""
    return Field(name, label, Source.SYSTEM, required)


def office(name: str, label: str, required: bool = True) -> Field:
    """Return a fact that the office has set."""
    return Field(name, label, Source.OFFICE, required)


NUMBER = case("case_number", "案号")
DATE = case("date", "日期")
OFFICE_NAME = office("office", "机关名称")
CASE = (
    NUMBER,
    DATE,
    case("received_on", "提交日期"),
    case("process", "程序", required=False),
    case("cause", "案由"),
    case("requesters", "请求人"),
    case("respondents", "被请求人", required=False),
    case("third_parties", "第三人", required=False),
    case("panel", "合议组", required=False),
    case("claims", "主张的权利要求", required=False),
    case("right", "涉案权利"),
    case("trademark_law", "商标法依据", required=False),
    case("other_ways", "其他途径", required=False),
    OFFICE_NAME,
)
DOCKETED = case("docketed_on", "立案日期")
CONTACT = (
    office("handler", "联系人", required=False),
    office("office_phone", "电话"),
    office("office_address", "地址"),
    office("office_postcode", "邮编", required=False),
)

# {n} is the number of those the paper goes to and one more, for the file; one receiver alone has its copy without 各
TO_REQUESTER = ("本通知书一式{n}份，请求人各一份，一份存档。", "{n} copies: one for each requester, one for the file.")
TO_RESPONDENT = (
    "本通知书一式{n}份，被请求人各一份，一份存档。",
    "{n} copies: one for each respondent, one for the file.",
)
TO_ALL = ("本文书一式{n}份，当事人各一份，一份存档。", "{n} copies: one for each party, one for the file.")
TO_ONE_APPLICANT = (
    "本文书一式{n}份，申报单位一份，一份存档。",
    "{n} copies: one for the applicant, one for the file.",
)
FILED = ("本文书一份，存档。", "One copy, for the file.")

Words = tuple[str, str]  # Chinese, English


def notice(id: str, identifier: str, names: Words, copies: Words, *fields: Field, handed_over: bool = False) -> Kind:
    """Return a numbered letter of the office to parties of the case."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=Issuer.OFFICE,
        copies=copies[0],
        copies_en=copies[1],
        needs_number=True,
        handed_over=handed_over,
        fields=(*CASE, *CONTACT, system("number", "编号"), system("to", "受送达人"), *fields),
    )


def letter(id: str, identifier: str, names: Words, copies: Words, *fields: Field, public: bool = False) -> Kind:
    """Return a numbered letter of the office to somebody who need not be a party, or to everybody."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=Issuer.OFFICE,
        copies=copies[0],
        copies_en=copies[1],
        needs_number=True,
        public=public,
        fields=(*CASE, *CONTACT, system("number", "编号"), *fields),
    )


def form(id: str, identifier: str, names: Words, issuer: Issuer, *fields: Field, copies: Words = ("", "")) -> Kind:
    """Return a paper without the office's head: a party's own, or an internal form."""
    return Kind(
        id=id,
        identifier=identifier,
        name=names[0],
        name_en=names[1],
        issuer=issuer,
        copies=copies[0],
        copies_en=copies[1],
        fields=(*CASE, *fields),
    )


def attachment(id: str, identifier: str, name: str, name_en: str, issuer: Issuer = Issuer.PARTY) -> Kind:
    """Return a paper that comes as a file and has no template."""
    return Kind(id=id, identifier=identifier, name=name, name_en=name_en, issuer=issuer)
