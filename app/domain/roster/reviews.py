"""The yearly review of a member: what is found, what follows, and what is watched for in between (measure M03)."""

from __future__ import annotations

from app.domain.labelled import Labelled

PROCESS = "roster_review"


class Cause(Labelled):
    """Why a member is reviewed."""

    YEARLY = "yearly", "年度复核"
    BAR = "bar", "出现应当复核的情形"


class Outcome(Labelled):
    """What is proposed for a member, and decided when it has been announced."""

    KEEP = "keep", "保留"
    WARN = "warn", "保留，予以警示"
    PUT_RIGHT = "put_right", "限期整改"
    REMOVE = "remove", "调出"


# What a unit reports of its year: the figures of a nomination, and words.
REPORTED = ("inventions", "other_patents", "trademarks", "standards", "staff", "revenue", "achievements", "problems")

# What can be announced and decided; who is to put something right is kept or removed by how that comes out.
FINAL = (Outcome.KEEP, Outcome.WARN, Outcome.REMOVE)
