"""The demonstration's calls: one that is open, one for direct awards, one that is over, and one that waits for the director."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from app import clock
from app.demo.people import City
from app.domain.awards.calls import CallMode, Terms
from app.models import AwardCall
from app.services import award_calls

PATENT_AWARDS = ("AW11", "AW12", "AW13", "AW14", "AW15", "AW16", "AW17", "AW18")
HONOURS = ("AW02", "AW03", "AW04", "AW05", "AW06", "AW10")


def load(session: Session, city: City) -> list[AwardCall]:
    """Draw up and publish the calls around today; return those that are published, the one that is over first."""
    today = clock.today()
    year = today.year
    asked = "须在佛山市登记注册；获奖或者成交的时间在上一自然年度之内。"
    over = _terms(
        f"{year - 1} 年度专利奖励与资助申报", PATENT_AWARDS, today - timedelta(200), 45, "6000000", audience=asked
    )
    now = _terms(f"{year} 年度专利奖励与资助申报", PATENT_AWARDS, today - timedelta(20), 60, "8000000", audience=asked)
    honours = _terms(
        f"{year} 年度质量奖与商标品牌奖励申报", HONOURS, today - timedelta(10), 40, "12000000", experts=True
    )
    direct = _terms(
        f"{year} 年度知识产权示范、优势企业奖励（免申即享）",
        ("AW07", "AW08", "AW09"),
        today - timedelta(5),
        30,
        "5000000",
        mode=CallMode.DIRECT,
    )
    published = [_published(session, city, terms) for terms in (over, now, honours, direct)]
    agencies = _terms(f"{year} 年度知识产权服务品牌机构资助申报", ("AW19", "AW20"), today + timedelta(15), 30, "600000")
    waits = award_calls.begin(session, agencies, by=city.people["dengjiarong"])
    session.flush()  # a draft is locked by its id
    award_calls.propose(session, waits, by=city.people["dengjiarong"])
    return published


def _terms(
    title: str,
    awards: tuple[str, ...],
    opens_on: date,
    days: int,
    budget: str,
    *,
    mode: CallMode = CallMode.APPLICATION,
    experts: bool = False,
    audience: str = "",
) -> Terms:
    return Terms(
        title=title,
        mode=mode,
        awards=awards,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days),
        budget=Decimal(budget),
        experts=experts,
        audience=audience,
    )


def _published(session: Session, city: City, terms: Terms) -> AwardCall:
    """Draw a call up and publish it on the day on which it opens."""
    shift = clock.shift()
    clock.set_shift(shift + (terms.opens_on - clock.today()))
    call = award_calls.begin(session, terms, by=city.people["xieminyi"])
    session.flush()  # a draft is locked by its id
    award_calls.propose(session, call, by=city.people["xieminyi"])
    session.flush()  # read anew below
    award_calls.publish(session, call, by=city.people["linjianhua"])
    session.flush()  # the next one takes the next number
    clock.set_shift(shift)
    return call
