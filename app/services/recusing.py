"""What holds of every request that somebody step aside, whichever process it is made in (order 81, art. 5)."""

from __future__ import annotations

from datetime import date

from app.domain import deadlines, statute
from app.domain.errors import RuleBroken
from app.models import Party
from app.services import clocks
from app.services.acting import Acting


def refuse_late(acting: Acting, party: Party, known_on: date | None) -> None:
    """Refuse a request after three working days from the notice that names the officials (TL10; order 81, art. 5).

    Who learned of the ground only later may still ask; where the notice was not served on the
    party, or under the text of 2015, no period runs.
    """
    rule = statute.rule("recusal.request").term(deadlines.Regime(acting.case.regime))
    listed = acting.milestone_of("list_known", party)
    if listed is None or rule.length is None:
        return
    due = clocks.due_of(acting, "recusal.request", start=listed)
    if acting.today > due and (known_on is None or known_on <= due):
        raise RuleBroken(
            "应当自知道办案人员名单之日起 3 个工作日内（至 %(due)s）提出；之后才知道事由的，请填写知道的日期",
            field="known_on",
            due=due,
        )
