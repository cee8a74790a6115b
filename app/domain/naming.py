"""Case titles, and the folded text used for searching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_CASE_NUMBER = re.compile(
    r"[\u3014\[({【〖<《] ?(20[0-9]{2}) ?[\u3015\])}】〗>》](?: ?第)?(?: ?0*([1-9][0-9]{0,6})(?: ?(号))?)?"
)
_PATENT_NUMBER = re.compile(
    r"(?<![0-9a-z])(?:zl ?)?(20[0-9]{2}) ?([1-389]) ?([0-9]{7})(?: ?[.·]? ?([0-9x]))?(?![0-9])"
    r"|(?<![0-9a-z])zl ?([0-9]{2}) ?([1-389]) ?([0-9]{5})(?: ?[.·]? ?([0-9x]))?(?![0-9])"
)


def title(requesters: Sequence[str], respondents: Sequence[str]) -> str:
    """Return who against whom: full names, with the number where there are several."""
    return f"{_side(requesters)} 与 {_side(respondents)}"


def _side(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 方"


def title_en(requesters: Sequence[str], respondents: Sequence[str]) -> str:
    """Return the same for an English reader; the names stay as they are."""
    return f"{_side_en(requesters)} v. {_side_en(respondents)}"


def _side_en(names: Sequence[str]) -> str:
    others = len(names) - 1
    return names[0] if not others else f"{names[0]} and {others} other{'s' if others > 1 else ''}"


def folded(*texts: str) -> str:
    """Return the texts in one line in which full-width characters, compatibility forms and case make no difference."""
    plain = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())


def sought(text: str) -> list[str]:
    """Return the words somebody looks for, folded; numbers of cases and patents in the form in which they are kept."""
    plain = _CASE_NUMBER.sub(lambda found: "\u3014{}\u3015{}{}".format(*found.groups("")), folded(text))
    return _PATENT_NUMBER.sub(_kept_patent, plain).split()


def _kept_patent(found: re.Match[str]) -> str:
    year, kind, serial, check = found.groups("")[:4] if found[1] else found.groups("")[4:]
    return f"{year}{kind}{serial}" + (f".{check}" if check else "")
