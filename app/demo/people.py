"""The city's offices, their people, and the organisations that come to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum.cn import uscc

from app import clock
from app.demo import places
from app.domain.passwords import hash_password
from app.domain.roles import Role
from app.models import DeclaredRelation, Membership, Organization, OrgUnit, User
from app.services import settings

# The accounts that README.md proposes to a newcomer.
GUIDES = (
    "heyun",
    "wangchenguang",
    "chenhuimin",
    "heweijie",
    "lishaoming",
    "fengzhiyuan",
    "linjianhua",
    "pengshaohua",
    "xieminyi",
    "zhouyongkang",
    "yeshunde",
    "wuxueqin",
    "luoyi",
    "admin",
)
PASSWORD = "Peiyou-2026-demo"  # noqa: S105 - the demonstration's password is in the README

UNITS = (
    (
        "city",
        "佛山市市场监督管理局（佛山市知识产权局）",
        "Foshan Administration for Market Regulation",
        "city_bureau",
        "440600",
    ),
    ("chancheng", "禅城区市场监督管理局", "Chancheng District Bureau", "district_bureau", "440604"),
    ("nanhai", "南海区市场监督管理局", "Nanhai District Bureau", "district_bureau", "440605"),
    ("shunde", "顺德区市场监督管理局", "Shunde District Bureau", "district_bureau", "440606"),
    ("sanshui", "三水区市场监督管理局", "Sanshui District Bureau", "district_bureau", "440607"),
    ("gaoming", "高明区市场监督管理局", "Gaoming District Bureau", "district_bureau", "440608"),
    ("centre", "佛山市知识产权保护中心", "Foshan IP Protection Centre", "protection_centre", "440600"),
    ("rapid", "佛山市知识产权快速维权中心", "Foshan Rapid IP Protection Centre", "rapid_centre", "440605"),
)

# user name, name, unit, roles, specialities
OFFICIALS = (
    ("chenhuimin", "陈慧敏", "city", (Role.INTAKE_CLERK,), ()),
    ("liangguoqiang", "梁国强", "city", (Role.INTAKE_CLERK,), ()),
    ("huangyating", "黄雅婷", "city", (Role.INTAKE_CLERK,), ()),
    ("heweijie", "何伟杰", "city", (Role.MEDIATOR,), ("design", "utility_model")),
    ("ouyangfei", "欧阳菲", "city", (Role.MEDIATOR,), ("trademark", "geographical_indication")),
    ("luzhiming", "卢志明", "city", (Role.MEDIATOR,), ("invention",)),
    ("zhengxiaoyun", "郑晓云", "city", (Role.MEDIATOR,), ("design", "trademark")),
    ("mailiwen", "麦丽雯", "city", (Role.MEDIATOR,), ("trade_secret", "invention")),
    ("linjianhua", "林建华", "city", (Role.DIRECTOR,), ()),
    ("guanshuzhen", "关淑珍", "city", (Role.DIRECTOR, Role.ADJUDICATOR), ()),
    ("fengzhiyuan", "冯志远", "city", (Role.ADJUDICATOR,), ("invention",)),
    ("zengqingyi", "曾庆怡", "city", (Role.ADJUDICATOR,), ("design",)),
    ("pengshaohua", "彭少华", "city", (Role.SUPERVISOR,), ()),
    ("xieminyi", "谢敏仪", "city", (Role.REVIEWER,), ()),
    ("dengjiarong", "邓嘉荣", "city", (Role.REVIEWER,), ()),
    ("sujiali", "苏嘉丽", "city", (Role.REVIEWER,), ()),
    ("moweiqiang", "莫伟强", "city", (Role.REVIEWER,), ()),
    ("wuxueqin", "吴雪琴", "city", (Role.ROSTER_MANAGER,), ()),
    ("zhouyongkang", "周永康", "city", (Role.FINANCE,), ()),
    ("luoyi", "罗怡", "city", (Role.LIAISON,), ()),
    ("fangxiaoming", "方晓明", "city", (Role.LIAISON,), ()),
    ("jianglihua", "江丽华", "city", (Role.LIAISON,), ()),
    ("admin", "系统管理员", "city", (Role.ADMIN,), ()),
    ("lichancheng", "李婉君", "chancheng", (Role.DISTRICT_OFFICER,), ()),
    ("tannanhai", "谭耀辉", "nanhai", (Role.DISTRICT_OFFICER,), ()),
    ("yeshunde", "叶紫珊", "shunde", (Role.DISTRICT_OFFICER,), ()),
    ("susanshui", "苏永强", "sanshui", (Role.DISTRICT_OFFICER,), ()),
    ("zhugaoming", "朱海燕", "gaoming", (Role.DISTRICT_OFFICER,), ()),
    ("caijingyi", "蔡静仪", "centre", (Role.INTAKE_CLERK,), ()),
    ("kuangweiming", "邝伟明", "centre", (Role.MEDIATOR,), ("design", "utility_model")),
    ("panxinyue", "潘欣悦", "centre", (Role.MEDIATOR,), ("invention", "trademark")),
    ("shaozhiheng", "邵志恒", "centre", (Role.DIRECTOR,), ()),
    ("yujiayi", "余嘉怡", "centre", (Role.EVALUATOR,), ()),
    ("tangwenbo", "唐文博", "centre", (Role.EVALUATOR,), ()),
    ("huxinran", "胡欣然", "centre", (Role.EVALUATOR,), ()),
    ("weizhichao", "韦志超", "centre", (Role.EVALUATOR,), ()),
    ("luojiaxin", "骆佳欣", "centre", (Role.EVALUATOR,), ()),
    ("donghaoran", "董浩然", "rapid", (Role.INTAKE_CLERK,), ()),
    ("gaoyutong", "高雨桐", "rapid", (Role.MEDIATOR,), ("design",)),
    ("shijunjie", "石俊杰", "rapid", (Role.MEDIATOR,), ("design", "copyright")),
    ("baimeiling", "白美玲", "rapid", (Role.DIRECTOR,), ()),
    ("lishaoming", "黎绍铭", "city", (Role.SECTION_HEAD,), ()),
    ("jianyingshan", "简颖珊", "city", (Role.ADJUDICATOR,), ("utility_model",)),
    ("huojunfeng", "霍俊峰", "city", (Role.ADJUDICATOR,), ("invention", "design")),
)

# user name, name, organisation (place in ORGANIZATIONS)
OUTSIDE = (
    ("heyun", "何云", 0),
    ("wangchenguang", "王晨光", 1),
    ("liangjiaxin", "梁嘉欣", 2),
    ("zhangyingke", "张盈科", 3),
    ("zhaoyaju", "赵雅居", 4),
)

ORGANIZATIONS = (
    ("顺德美誉电器股份有限公司", "440606", "何云"),
    ("中山市晨光小家电有限公司", "442000", "王晨光"),
    ("佛山市顺德区嘉信贸易行", "440606", "梁嘉欣"),
    ("广东盈科陶瓷有限公司", "440604", "张盈科"),
    ("佛山市南海雅居建材厂", "440605", "赵雅居"),
    ("佛山市禅城区石湾老窖酒业有限公司", "440604", "刘石湾"),
    ("广东智联机器人有限公司", "440606", "陈智联"),
    ("佛山市精工自动化设备有限公司", "440605", "罗精工"),
    ("三水区恒力模具厂", "440607", "钟恒力"),
    ("高明宏图五金制品有限公司", "440608", "严宏图"),
)
PLACES = (("禅城", "440604"), ("南海", "440605"), ("顺德", "440606"), ("三水", "440607"), ("高明", "440608"))
NAMES = ("华艺", "金盾", "远大", "新锐", "天成", "恒信", "鸿运", "美家", "凯瑞", "百川")
TRADES = ("卫浴", "铝材", "照明", "家具", "电器", "陶瓷", "童服", "不锈钢")
ORGANIZATION_NUMBER = 50
# The other units that nominate themselves for the roster: a name for each trade.
UNITS_OF_A_TRADE = (
    "合力", "顺达", "南粤", "嘉德", "德锋", "科汇", "广盛", "立信", "宏创", "星海", "盛源",
    "永泰", "铭锐", "博雅", "康宏", "伟业", "启明", "泰格", "佳辉", "联塑", "同方", "汇泉",
)  # fmt: skip
LONG_NAME = "广东粤港澳大湾区国家技术创新中心佛山先进陶瓷与功能材料产业化联合研究院（有限合伙）"


@dataclass(frozen=True)
class City:
    """Everybody the stories need, by name."""

    people: dict[str, User]
    organizations: list[Organization]
    nominated: list[Organization]


def build(session: Session) -> City:
    """Enter units, officials, organisations and their people. Nothing is entered twice."""
    units = _units(session)
    password = hash_password(PASSWORD)
    people: dict[str, User] = {}
    for username, name, unit, roles, specialities in OFFICIALS:
        user = _person(session, username, name, password, places.mobile(len(people)))
        user.specialities = list(specialities)
        user.memberships += [Membership(role=role.value, unit=units[unit]) for role in roles]
        people[username] = user
    organizations = _organizations(session)
    for username, name, place in OUTSIDE:
        user = _person(session, username, name, password, places.mobile(len(people)))
        user.memberships.append(Membership(role=Role.APPLICANT.value, organization=organizations[place]))
        people[username] = user
    people["zhengxiaoyun"].employer = organizations[0].name
    session.flush()  # the relation needs ids
    session.add(
        DeclaredRelation(
            user_id=people["mailiwen"].id,
            organization_id=organizations[1].id,
            nature="配偶为该公司股东",
            declared_at=clock.now(),
        )
    )
    nominated = _nominated(session)
    for n, one in enumerate([*_of_the_roster(organizations), *nominated]):
        if not any(one.id in p.organization_ids for p in people.values()):
            username = f"unit{n + 1:03d}"
            user = _person(
                session, username, f"{one.legal_representative}（经办）", password, places.mobile(len(people))
            )
            user.memberships.append(Membership(role=Role.APPLICANT.value, organization=one, organization_id=one.id))
            people[username] = user
    return City(people, organizations, nominated)


def members_of(city: City) -> list[Organization]:
    """Return the units that nominate themselves for the roster: those of the stories that may, and the others."""
    return [*_of_the_roster(city.organizations), *city.nominated]


def _of_the_roster(organizations: list[Organization]) -> list[Organization]:
    return [one for one in organizations if (one.uscc or "")[2:6] == "4406" and "贸易行" not in one.name]


def _units(session: Session) -> dict[str, OrgUnit]:
    units: dict[str, OrgUnit] = {}
    for n, (code, name, name_en, kind, region) in enumerate(UNITS):  # the first is the office itself
        units[code] = OrgUnit(
            code=code,
            name=name,
            name_en=name_en,
            kind=kind,
            region=region,
            parent=units.get("city"),
            address=places.OFFICES[code],
            phone=places.landline(region, n) if n else settings.DEFAULTS["office.phone"],
            active=True,
        )
        session.add(units[code])
        session.flush()  # the city bureau comes first and is the parent of the rest
    return units


def _person(session: Session, username: str, name: str, password: str, phone: str) -> User:
    now = clock.now()
    user = User(
        username=username,
        name=name,
        password_hash=password,
        email=f"{username}@example.cn",
        phone=phone,
        password_changed_at=now,
        created_at=now,
    )
    session.add(user)
    return user


def _organizations(session: Session) -> list[Organization]:
    rows = [*ORGANIZATIONS, (LONG_NAME, "440604", "欧阳慕华")]
    while len(rows) < ORGANIZATION_NUMBER:
        n = len(rows)
        place, region = PLACES[n % len(PLACES)]
        name = f"佛山市{place}{NAMES[n % len(NAMES)]}{TRADES[n % len(TRADES)]}有限公司"
        rows.append((name, region, "李明"))
    return _entered(session, rows, 0)


def _nominated(session: Session) -> list[Organization]:
    """Enter the units that are there for the roster alone."""
    rows = []
    for n in range(len(UNITS_OF_A_TRADE) * len(TRADES)):
        place, region = PLACES[n % len(PLACES)]
        own = UNITS_OF_A_TRADE[n // len(TRADES)]
        rows.append((f"佛山市{place}{own}{TRADES[n % len(TRADES)]}科技有限公司", region, "黄立"))
    return _entered(session, rows, ORGANIZATION_NUMBER)


def _entered(session: Session, rows: Sequence[tuple[str, str, str]], first: int) -> list[Organization]:
    found = []
    for n, (name, region, representative) in enumerate(rows, first):
        address, postcode = places.address(region, n)
        found.append(
            Organization(
                kind="enterprise",
                name=name,
                uscc=code(region, n),
                legal_representative=representative,
                address=address,
                postcode=postcode,
                phone=places.landline(region, len(UNITS) + n),
                email=f"contact{n}@example.cn",
                verified=True,
                created_at=clock.now(),
            )
        )
    session.add_all(found)
    session.flush()  # who acts for them is found by their ids
    return found


def code(region: str, n: int) -> str:
    """Return a valid unified social credit code for the n-th organisation of a region."""
    body = f"91{region}MA5{n:06d}"
    return body + uscc.calc_check_digit(body)


def is_loaded(session: Session) -> bool:
    """Say whether the city is there already."""
    return session.scalar(select(OrgUnit.id).limit(1)) is not None
