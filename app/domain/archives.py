"""How a closed case is kept: in two volumes, and for how long (国家档案局令第8号)."""

from __future__ import annotations

from datetime import date

from app.domain.labelled import Labelled


class Volume(Labelled):
    """What the parties may read, and what is the office's own."""

    MAIN = "main", "正卷"
    SECONDARY = "secondary", "副卷"


class Retention(Labelled):
    """How long the file of a case is kept."""

    PERMANENT = "permanent", "永久"
    THIRTY = "30", "30 年"
    TEN = "10", "10 年"

    @property
    def years(self) -> int | None:
        """Return for how many years; ``None`` for ever."""
        return None if self is Retention.PERMANENT else int(self.value)


def in_words(years: int | None) -> str:
    """Return the period as the cover has it."""
    return Retention.PERMANENT.label if years is None else f"{years} 年"


def kept_until(archived_on: date, years: int | None) -> date | None:
    """Return the last day; years count from the one after archiving. ``None`` where there is no last day."""
    return None if years is None else date(archived_on.year + years, 12, 31)


def with_supplement(name: str, supplement: int) -> str:
    """Return the name of a volume or a package; what was archived later says that it is the first, second … supplement."""
    return f"{name}（补充第 {supplement} 次）" if supplement else name


def volume_of(seen_by: str) -> Volume:
    """Return where a paper belongs: what one party alone, the office or the panel reads is not for the parties."""
    return Volume.MAIN if seen_by == "all" else Volume.SECONDARY
