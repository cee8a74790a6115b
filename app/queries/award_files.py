"""Everything of an application that one person may see beside its papers: what it is for, what it comes to, what was said."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.awards.batches import GrantState
from app.domain.awards.schedule import Award
from app.domain.texts import Text
from app.models import AwardApplication, AwardGrant, Case, User
from app.queries import award_amounts, award_applications, award_reviews
from app.queries.award_applications import Before, Repeat
from app.queries.award_reviews import Assessed


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
    return AwardFile(
        application=row,
        line=award_applications.line_of(session, row),
        amount=amount,
        steps=steps,
        grant=grant,
        assessed=award_reviews.assessed(session, user, case),
        repeats=award_applications.repeats(session, case) if official else [],
        history=award_applications.history(session, user, case) if official else [],
    )
