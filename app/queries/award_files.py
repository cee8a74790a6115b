"""Everything of an application that one person may see beside its papers: what it is for, what it comes to, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app import clock, policy
from app.domain.awards.batches import GrantState
from app.domain.awards.schedule import Award
from app.domain.texts import Text
from app.models import ApplicantBar, AwardApplication, AwardGrant, Case, User
from app.queries import award_amounts, award_applications, award_recoveries, award_reviews
from app.queries.award_applications import Before, Repeat
from app.queries.award_reviews import Assessed


@dataclass(frozen=True, slots=True)
class Glance:
    """What an official sees first: how much of the yearly cap is used, whether the unit is barred, what it was granted."""

    used: Decimal | None
    bar: ApplicantBar | None
    granted: list[Decimal]


@dataclass(frozen=True, slots=True)
class AwardFile:
    """The application, the line of the schedule that holds for it, its amount with the steps, and what is known beside."""

    application: AwardApplication
    line: Award
    amount: Decimal
    steps: list[Text]
    grant: AwardGrant | None
    assessed: Assessed
    repeats: list[Repeat]
    history: list[Before]
    glance: Glance | None
    shows_account: bool

    @property
    def decided(self) -> bool:
        """Say whether the amount has been decided in a batch."""
        return self.grant is not None and self.grant.state != GrantState.DRAFT


def award_file(session: Session, user: User, case: Case) -> AwardFile | None:
    """Return the file of an application; ``None`` for a case of another kind. What others did is for officials alone."""
    row = case.award
    if row is None:
        return None
    grant = row.grant
    if grant is not None and grant.state != GrantState.DRAFT:
        amount, steps = grant.amount, [Text(*step) for step in grant.steps]
    else:
        computed = award_amounts.preview(session, row)
        amount, steps = computed.amount, list(computed.steps)
    official = user.is_official
    line = award_applications.line_of(session, row)
    history = award_applications.history(session, user, case) if official else []
    return AwardFile(
        application=row,
        line=line,
        amount=amount,
        steps=steps,
        grant=grant,
        assessed=award_reviews.assessed(session, user, case),
        repeats=award_applications.repeats(session, case) if official else [],
        history=history,
        glance=_glance(session, case, row, line, history) if official else None,
        shows_account=bool(row.account) and policy.may(user, "award.reveal_account", case),
    )


def _glance(session: Session, case: Case, row: AwardApplication, line: Award, history: list[Before]) -> Glance:
    return Glance(
        used=award_amounts.used_of(session, row) if line.cap is not None else None,
        bar=award_recoveries.bar_on(session, case.parties[0].organization_id, clock.today()),
        granted=[one.granted for one in history if one.granted is not None],
    )


def doubts(session: Session, case: Case) -> list[str]:
    """Return why an application has to be looked at by itself before it is accepted; nothing where it is plain."""
    row = case.award
    if row is None:
        return []
    line = award_applications.line_of(session, row)
    found = {
        "有承诺后补的材料": bool(row.promised),
        "同一事项另有申报": bool(award_applications.repeats(session, case)),
        "年度上限已经用完": line.cap is not None and award_amounts.used_of(session, row) >= line.cap,
        "申报单位在停止申报的期间": award_recoveries.bar_on(session, case.parties[0].organization_id, clock.today())
        is not None,
    }
    return [why for why, holds in found.items() if holds]
