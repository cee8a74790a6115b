"""The districts of a small city and the people who have to do with its programme."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.roles import Role
from app.models import OrgUnit, StoredFile, User, db
from app.services import papers
from tests.flows.office import PDF, Office, account

DISTRICTS = (
    ("chancheng", "禅城区市场监督管理局", "Chancheng District Bureau", "440604"),
    ("nanhai", "南海区市场监督管理局", "Nanhai District Bureau", "440605"),
)
OFFICIALS = (
    ("lichancheng", "李婉君", Role.DISTRICT_OFFICER, "chancheng"),
    ("tannanhai", "谭耀辉", Role.DISTRICT_OFFICER, "nanhai"),
    ("lishaoming", "黎绍铭", Role.SECTION_HEAD, ""),
    ("wuxueqin", "吴雪琴", Role.ROSTER_MANAGER, ""),
    ("xieminyi", "谢敏仪", Role.REVIEWER, ""),
    ("zhouyongkang", "周永康", Role.FINANCE, ""),
    ("luoyi", "罗怡", Role.LIAISON, ""),
)


@dataclass
class Programme:
    """Who reports and who confirms, by user name; the districts, by code."""

    office: Office
    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def user(self, name: str) -> User:
        """Return somebody by user name."""
        return db.session.get_one(User, self.people[name])

    def unit(self, code: str) -> OrgUnit:
        """Return a district."""
        return db.session.get_one(OrgUnit, self.units[code])

    def file(self, name: str) -> int:
        """Let somebody upload a file; return its number."""
        made: StoredFile = papers.upload(
            db.session(), PDF, name="统计报表.pdf", media_type="application/pdf", by=self.user(name)
        )
        db.session.commit()
        return made.id


def populate(office: Office) -> Programme:
    """Enter two districts and the people of the programme."""
    city = db.session.get_one(OrgUnit, office.unit.id)
    places = {"": city}
    for code, name, name_en, region in DISTRICTS:
        places[code] = OrgUnit(
            code=code, name=name, name_en=name_en, kind="district_bureau", region=region, active=True
        )
    made = {username: account(username, name, role, places[where]) for username, name, role, where in OFFICIALS}
    db.session.add_all([*places.values(), *made.values()])
    db.session.commit()
    people = {name: user.id for name, user in made.items()} | {"director": office.director.id}
    units = {code: unit.id for code, unit in places.items() if code}
    return Programme(office, units, people)
