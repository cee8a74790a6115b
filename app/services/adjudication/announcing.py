"""The public notice of a paper that cannot be served otherwise (D38): what it says, until when, what follows silence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from app import clock
from app.models import Document, Party
from app.queries import serving
from app.services import papers
from app.services.acting import Acting, announces

# What the public notice of each paper says: its gist, and what is to be done from the end of the notice on.
_SAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "answer_notice": (
            "{requesters}请求本局处理{cause}，本局已经立案。请求的事项：{requests}。",
            "请自公告期满之日起{days}日内提交答辩书及其副本；逾期不提交的，不影响本局处理本案。",
        ),
        "panel_notice": (
            "本局已组成合议组审理本案。",
            "申请回避的，请自公告期满之日起3个工作日内提出。",
        ),
        "evidence_notice": (
            "合议组确定的举证期限为{days}日。",
            "请自公告期满之日起{days}日内提交证据；逾期提供的，应当说明理由。",
        ),
        "hearing_notice": (
            "本案定于{at}在{venue}口头审理。",
            "无正当理由不参加的，请求人按撤回请求处理，被请求人按缺席审理。",
        ),
        "pre_decision_notice": (
            "本局拟作出裁决，现告知查明的事实、理由和依据。",
            "请自公告期满之日起{days}日内提出意见；逾期不提出的，视为没有意见。",
        ),
        "adjudication_decision": (
            "本局已对本案作出裁决。",
            "对裁决不服的，可以自公告期满之日起15日内依法提起行政诉讼；逾期不起诉又不履行的，本局可以申请人民法院强制执行。",
        ),
        "exhortation_letter": (
            "本局催告你方履行行政裁决书确定的义务。",
            "自公告期满之日起10个工作日内仍不履行的，本局将申请人民法院强制执行。",
        ),
    }
)
_USUAL = ("文书的内容见原件。", "文书中的期限自公告期满之日起计算。")


@announces("adjudication")
def put_up(acting: Acting, document: Document, party: Party, titles: str, days: int) -> None:
    """Make the notice of ``titles`` that is up for so many days."""
    gist, consequence = _SAYS.get(document.kind, _USUAL)
    facts = _facts(acting, document)
    papers.issue(
        acting,
        "publication_notice",
        of=party.name,
        tried=serving.was_tried(acting.session, party),
        paper=titles,
        paper_number=document.number or "",
        gist=gist.format_map(facts),
        days=days,
        consequence=consequence.format_map(facts),
    )


def _facts(acting: Acting, document: Document) -> dict[str, Any]:
    facts = papers.facts_behind(acting.session, document)
    row = acting.case.adjudication
    at = datetime.fromisoformat(facts["at"]).astimezone(clock.ZONE) if facts.get("at") else None
    return {
        "requesters": "、".join(one["name"] for one in facts["requesters"]),
        "cause": facts["cause"],
        "requests": "；".join(row.requests) if row is not None else "",
        "days": facts.get("days") or "",
        "at": f"{at.year}年{at.month}月{at.day}日{at:%H:%M}" if at else "",
        "venue": facts.get("venue") or "",
    }
