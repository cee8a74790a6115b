"""What reviewers and experts found of an application, for those who may know it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain import scoring
from app.domain.scoring import Spread
from app.models import AwardApplication, AwardRecommendation, AwardReview, AwardScore, Case, Draw, User
from app.queries.blinding import blind_forms


def of_round(session: Session, row: AwardApplication) -> list[AwardReview]:
    """Return the opinions of the round that runs, in the order in which they came."""
    found = select(AwardReview).where(AwardReview.case_id == row.case_id, AwardReview.round == row.round)
    return list(session.scalars(found.order_by(AwardReview.id)))


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is known of an application beside its papers, as far as this person may know it."""

    recommendations: list[AwardRecommendation]
    reviews: list[AwardReview]
    scores: list[AwardScore]
    spread: Spread | None
    draws: list[Draw]


def assessed(session: Session, user: User, case: Case) -> Assessed:
    """Return what district, experts and reviewers said: an official reads it, but for what is still blind.

    Opinions of a round are hidden until it is settled, but for a third reviewer's eyes: nobody is led by another. Scores
    are hidden until all experts have scored.
    """
    row = case.award
    if row is None or not user.is_official:
        return Assessed([], [], [], None, [])
    blind = blind_forms(case, user)
    reviews = [one for one in _reviews(session, case.id) if not ("review" in blind and one.round == row.round)]
    scores = [one for one in _scores(session, case.id) if not ("score" in blind and one.round == row.round)]
    last = [one for one in scores if one.round == row.round]
    return Assessed(
        recommendations=_recommendations(session, case.id),
        reviews=reviews,
        scores=scores,
        spread=scoring.spread([one.total for one in last]) if last else None,
        draws=list(session.scalars(select(Draw).where(Draw.case_id == case.id).order_by(Draw.id))),
    )


def _reviews(session: Session, case_id: int) -> list[AwardReview]:
    rows = select(AwardReview).where(AwardReview.case_id == case_id).order_by(AwardReview.id)
    return list(session.scalars(rows.options(joinedload(AwardReview.user))))


def _scores(session: Session, case_id: int) -> list[AwardScore]:
    rows = select(AwardScore).where(AwardScore.case_id == case_id).order_by(AwardScore.id)
    return list(session.scalars(rows.options(joinedload(AwardScore.user))))


def _recommendations(session: Session, case_id: int) -> list[AwardRecommendation]:
    rows = select(AwardRecommendation).where(AwardRecommendation.case_id == case_id).order_by(AwardRecommendation.id)
    return list(session.scalars(rows))
