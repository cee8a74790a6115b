"""What of a request the office may decide, and what it can only mediate (patent law, art. 65)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

_CLAUSES = re.compile(r"[，,；;。]\s*|(?=并(?:且)?(?:赔|补偿|支付|承担|公开|向|登报|消除))")
_AND = re.compile(r"^(?:并且?)")
_ONLY_MEDIATED = re.compile(r"(?:[赔补]偿|损失|开支|费|违约金|支付|给付|道歉|声明|消除影响|恢复名誉)")
_STOPS = re.compile(r"(?:[停禁]止|不得|不再|销毁|下架|删除|撤展|拆除)")


def parted(requests: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the requests that may be decided (that somebody stop), and those that can only be mediated (money, apology).

    A request that asks for both is parted at its clauses. What is not recognised as money or an apology may be decided.
    """
    decided: list[str] = []
    mediated: list[str] = []
    for request in requests:
        clauses = [c for c in (part.strip() for part in _CLAUSES.split(request)) if c]
        for only_mediated, several in groupby(clauses, key=_is_only_mediated):
            (mediated if only_mediated else decided).append("，".join(_AND.sub("", clause) for clause in several))
    return decided, mediated


def _is_only_mediated(clause: str) -> bool:
    return bool(_ONLY_MEDIATED.search(clause)) and not _STOPS.search(clause)
