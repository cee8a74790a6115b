"""The table of time limits, row by row: how long, from when, what is not counted, who may lengthen it by how much.

Left is what the 2015 text (order 71) gave, right what order 81 gives since 2025-02-01; ``None``: the text is silent and
no number is made up; ``...``: the text asks for it without a number. d: days, w: working days, m: months, y: years.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import EllipsisType

import pytest

from app.domain import statute
from app.domain.periods import Extension, Length, Regime, Term, Unit
from app.domain.roles import Role

UNITS = {"d": Unit.DAYS, "w": Unit.WORKING_DAYS, "m": Unit.MONTHS, "y": Unit.YEARS}
Limit = str | EllipsisType | None

LIMITS: Mapping[str, tuple[str, str, Limit, Limit]] = {
    # before a case of adjudication, and its docketing
    "adjudication.claim": ("TL01", "infringement_known", None, "3y"),
    "mediation.correction": ("TL02", "correction_notified", "10d", "10d"),  # set in the notice; 10 where nothing is
    "adjudication.correction": ("TL02", "correction_notified", "10d", "10d"),  # likewise
    "adjudication.docket": ("TL03", "request_received", "5w", "5w +5w head"),
    "adjudication.panel": ("TL04", "docketed", ..., ...),
    "adjudication.serve": ("TL05", "docketed", "5w", "5w"),
    "adjudication.answer": ("TL06", "request_served", "15d", "15d no_domicile=30d +? panel"),
    "adjudication.resign_answer": ("TL07", "resign_notified", "3d", "3d"),
    "adjudication.serve_answer": ("TL08", "answer_received", "5w", "5w"),
    "jurisdiction.objection": ("TL09", "request_served", "15d", "15d no_domicile=30d +? panel"),
    "jurisdiction.decision": ("TL09", "objection_received", ..., "5w"),
    "recusal.request": ("TL10", "list_known", ..., "3w"),
    "recusal.decision": ("TL11", "recusal_requested", "3w", "3w"),
    "recusal.review": ("TL11", "review_requested", "3w", "3w"),
    # evidence and hearing
    "evidence.period": ("TL12", "evidence_notified", None, "15d +? panel"),
    "hearing.notice": ("TL13", "hearing", "3w major=5w before", "3w major=5w before"),
    "hearing.announcement": ("TL14", "hearing", "3w before", "3w before"),
    "hearing.reply": ("TL15", "hearing_notified", "3d", "3d"),
    "hearing.reschedule": ("TL15", "hearing", "3d before", "3d before"),
    "evidence.registration": ("TL16", "evidence_registered", "7d", "7d"),
    "evidence.collection": ("TL16", "evidence_released", "3m", "3m"),
    "adjudication.joinder": ("TL17", "hearing", None, ...),
    # the end of an adjudication
    "adjudication.close": ("TL18", "docketed", "3m +1m head", "3m +1m head +2m upper"),
    "adjudication.sue": ("TL19", "decision_served", "15d", "15d"),
    "adjudication.remedy": (
        "TL20",
        "refusal_served",
        "15d suit=6m reconsideration=60d",
        "15d suit=6m reconsideration=60d",
    ),
    "adjudication.publish": ("TL21", "decision_made", "20w", "20w"),
    "adjudication.publish_again": ("TL21", "decision_changed", "20w", "20w"),
    "enforcement.apply": ("TL22", "performance_due", "3m", "3m"),
    "enforcement.right_holder": ("TL22", "office_term_ended", "6m", "6m"),  # only after the office let its own pass
    "enforcement.exhortation": ("TL23", "exhortation_served", "10w", "10w"),
    "service.public_notice": ("TL24", "notice_published", "60d civil=30d", "60d civil=30d"),
    "service.return_receipt": ("TL25", "paper_received", "3d", "3d"),
    "adjudication.advisory": ("TL26", "warning_received", None, "1m sent=2m"),
    # mediation
    "mediation.serve": ("TL31", "request_received", ..., "5w"),
    "mediation.statement": ("TL32", "request_served", "15d", "15d"),
    "mediation.docket": ("TL33", "consent_received", "5w", "5w"),
    "mediation.notify": ("TL33", "consent_received", "5w", "5w"),
    "mediation.refuse": ("TL34", "statements_closed", ..., "5w"),
    "mediation.no_show": ("TL35", "session", None, ...),
    "mediation.ownership_close": ("TL36", "docketed", None, "2m +1m head"),
    "mediation.resume": ("TL37", "agreed", ..., "15d"),
    "mediation.copy_to_cnipa": ("TL37", "closed", ..., "5w"),
    "mediation.overall": ("TL38", "docketed", ..., ...),
    "confirmation.apply": ("TL41", "agreement_effective", "30d", "30d"),
    "confirmation.file": ("TL41", "agreement_effective", "30d", "30d"),
    "confirmation.court_accept": ("TL42", "confirmation_applied", "3d", "3d"),
    "confirmation.court_decide": ("TL42", "confirmation_accepted", "15d +10d court", "15d +10d court"),
    # complaints, penalties, fairs, open government
    "complaint.accept": ("TL45", "complaint_received", "7w", "7w"),
    "complaint.end": ("TL46", "complaint_accepted", "45w", "45w"),
    "complaint.tell": ("TL46", "mediation_ended", "7w", "7w"),
    "clue.verify": ("TL47", "clue_found", "15w +15w head", "15w +15w head"),
    "clue.tell": ("TL47", "docketing_decided", "5w", "5w"),
    "penalty.close": ("TL48", "docketed", "90d +30d head +? together", "90d +30d head +? together"),
    "fair.transfer": ("TL50", "complaint_received", ..., ...),
    "publicity": ("TL51", "publicity_began", "5w provincial=7d first", "5w provincial=7d first"),
    "disclosure": ("TL52", "information_made", "20w", "20w"),
    "rating.silence": ("TL53", "case_finished", "7d", "7d"),
    "rating.fix": ("TL53", "bad_rating", "15w", "15w"),
    # the office's own targets
    "fast.triage": ("TL60", "request_received", "1w", "1w"),
    "fast.contact": ("TL60", "accepted", "3w", "3w"),
    "fast.first_session": ("TL60", "accepted", "5w", "5w"),
    "fast.finish": ("TL60", "accepted", "15w", "15w"),
    "fast.adjudication": ("TL60", "accepted", "45d", "45d"),
    "award.formality": ("TL60", "application_received", "5w", "5w"),
    "award.correction": ("TL60", "correction_asked", "10w", "10w"),
    "award.secondary": ("TL60", "application_accepted", "10w", "10w"),
    "award.recommend": ("TL60", "application_accepted", "10w", "10w"),
    "award.score": ("TL60", "review_began", "10w", "10w"),
    "award.review": ("TL60", "review_began", "10w", "10w"),
    "award.conclude": ("TL60", "review_ended", "5w", "5w"),
    "award.reconsider": ("TL60", "result_told", "10w", "10w"),
    "award.decide_reconsideration": ("TL60", "reconsideration_asked", "20w", "20w"),
    "award.confirm": ("TL60", "grant_offered", "10w", "10w"),
    "award.appeal": ("TL60", "grant_appealed", "10w", "10w"),
    "award.account": ("TL60", "payment_failed", "10w", "10w"),
    "visit.answer": ("TL60", "visit_fixed", "10w", "10w"),
    "visit.record": ("TL60", "visit_day", "5w", "5w"),
    "visit.conclude": ("TL60", "visit_seen_to", "10w", "10w"),
    "roster.formality": ("TL60", "nomination_received", "5w", "5w"),
    "roster.correction": ("TL60", "correction_asked", "10w", "10w"),
    "roster.evaluate": ("TL60", "evaluation_began", "15w", "15w"),
    "roster.self_report": ("TL60", "review_opened", "20w", "20w"),
    "roster.check": ("TL60", "self_report_in", "15w", "15w"),
    "roster.assess": ("TL60", "facts_checked", "10w", "10w"),
    "roster.approve": ("TL60", "assessment_made", "5w", "5w"),
    "roster.put_right": ("TL60", "putting_right_asked", "40w", "40w"),
    "roster.examine": ("TL60", "put_right_reported", "10w", "10w"),
    "award.receipt": ("TL60", "grant_paid", "10w", "10w"),
    "assistance.assign": ("TL60", "help_asked", "2w", "2w"),
    "assistance.handle": ("TL60", "help_assigned", "10w +10w keeper", "10w +10w keeper"),
    "assistance.rate": ("TL60", "help_answered", "10w", "10w"),
    "project.assign": ("TL60", "project_filed", "2w", "2w"),
    "project.guide": ("TL60", "guidance_due", "5w", "5w"),
    "project.guide_green": ("TL60", "guidance_due", "2w", "2w"),
    "project.revise": ("TL60", "revision_asked", "10w", "10w"),
    "project.examine": ("TL60", "guidance_ended", "10w", "10w"),
    "project.examine_green": ("TL60", "guidance_ended", "3w", "3w"),
    "project.report": ("TL60", "project_recommended", "5w", "5w"),
}

# What is not counted. A suspension stops the whole case, and with it the periods of an adjudication's main line.
_STOPPED = ({"suspension"}, {"suspension"})
_TRIAL = {
    "recusal",
    "service",
    "settlement",
    "suspension",
    "announcement",
    "appraisal",
    "jurisdiction_objection",
    "evidence_extension",
}
NOT_COUNTED: Mapping[str, tuple[set[str], set[str]]] = {
    "adjudication.docket": ({"correction"}, {"correction"}),
    "adjudication.serve": _STOPPED,
    "adjudication.answer": _STOPPED,
    "adjudication.resign_answer": _STOPPED,
    "adjudication.serve_answer": _STOPPED,
    "jurisdiction.objection": _STOPPED,
    "evidence.period": (set(), {"suspension"}),
    "adjudication.close": (
        {"announcement", "appraisal", "suspension"},
        {
            "suspension",
            "announcement",
            "appraisal",
            "jurisdiction_objection",
            "evidence_extension",
            "settlement",
        },
    ),
    "complaint.end": ({"appraisal"}, {"appraisal"}),
    "penalty.close": ({"hearing", "announcement", "appraisal"}, {"hearing", "announcement", "appraisal"}),
    **{
        f"fast.{target}": ({"recusal", "service", "settlement"}, {"recusal", "service", "settlement"})
        for target in ("triage", "first_session", "finish")
    },
    "fast.adjudication": (_TRIAL, _TRIAL),
    "fast.contact": ({"recusal", "settlement"}, {"recusal", "settlement"}),
    **{
        f"roster.{target}": ({"correction", "recusal"}, {"correction", "recusal"})
        for target in ("formality", "evaluate", "check", "assess", "approve", "examine")
    },
    **{
        f"award.{target}": ({"correction", "recusal"}, {"correction", "recusal"})
        for target in (
            *("formality", "recommend", "score", "review", "conclude"),
            *("decide_reconsideration", "appeal"),
        )
    },
}
AUTHORITIES = {
    "head": ("部门负责人", Role.DIRECTOR),
    "upper": ("上一级机关", Role.DIRECTOR),
    "panel": ("合议组", Role.ADJUDICATOR),
    "court": ("人民法院", None),
    "together": ("负责人集体讨论", Role.DIRECTOR),
    "keeper": ("名录管理人员", Role.ROSTER_MANAGER),
}
EFFECTS = {
    "mediation.statement": "不予立案",
    "mediation.correction": "不予受理",
    "adjudication.correction": "不予立案",
    "adjudication.comment": "不影响裁决",
    "mediation.no_show": "请求人缺席按撤回请求处理；被请求人缺席视为未达成协议，撤销案件",
    "mediation.resume": "中止满一年未请求延长的，自行恢复",
    "adjudication.answer": "不影响处理",
    "adjudication.joinder": "期限重新计算",
    "adjudication.resign_answer": "视为未提交",
    "adjudication.sue": "不停止执行",
    "jurisdiction.decision": "成立的移送，不成立的驳回",
    "hearing.notice": "请求人按撤回处理，被请求人缺席处理",
    "recusal.decision": "暂停参与，需要采取紧急措施的除外",
    "recusal.review": "复议一次",
    "service.public_notice": "视为送达",
    "service.return_receipt": "另制回证",
    "enforcement.apply": "先催告",
    "enforcement.exhortation": "可以申请法院强制执行",
    "rating.silence": "基本满意",
}


def length(text: str) -> Length:
    return Length(int(text[:-1]), UNITS[text[-1]])


def found_steps(extensions: tuple[Extension, ...]) -> list[tuple[Length | None, str, Role | None]]:
    return [(step.length, step.authority.zh, step.approver) for step in extensions]


def wanted_steps(words: list[str]) -> list[tuple[Length | None, str, Role | None]]:
    steps = []
    for n, word in enumerate(words):
        if word.startswith("+"):
            steps.append((None if word == "+?" else length(word[1:]), *AUTHORITIES[words[n + 1]]))
    return steps


def check(term: Term, limit: str) -> None:
    first, *words = limit.split()
    assert term.length == length(first)
    assert term.variants == {
        name: length(text) for name, _, text in (word.partition("=") for word in words) if name and text
    }
    assert found_steps(term.extensions) == wanted_steps(words)
    assert (term.before, term.counts_first) == ("before" in words, "first" in words)


def test_every_rule_with_a_row_stands_in_the_table() -> None:
    assert {key for key, rule in statute.RULES.items() if rule.id} == LIMITS.keys()


@pytest.mark.parametrize("regime", [Regime.ORDER71, Regime.ORDER81])
@pytest.mark.parametrize("key", LIMITS)
def test_a_rule_is_as_long_as_its_row_says(key: str, regime: Regime) -> None:
    id, start, *limits = LIMITS[key]
    place = [Regime.ORDER71, Regime.ORDER81].index(regime)
    rule, limit = statute.rule(key), limits[place]
    term = rule.term(regime)
    assert (rule.id, term.start) == (id, start)
    assert term.exclusions == NOT_COUNTED.get(key, (set(), set()))[place]
    if isinstance(limit, str):
        check(term, limit)
    else:
        assert (regime in rule.terms) == (limit is ...)
        assert (term.length, term.extensions, dict(term.variants)) == (None, (), {})
        assert term.note


@pytest.mark.parametrize("key", EFFECTS)
def test_a_rule_says_what_follows_when_it_runs_out(key: str) -> None:
    effect = statute.rule(key).effect
    assert effect
    assert EFFECTS[key] in effect.zh


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("mediation.correction", 5, 30),
        ("adjudication.correction", 5, 30),
        ("adjudication.comment", 3, 15),
        ("service.public_notice", 30, 60),
        ("evidence.period", 15, None),
        ("publicity", 5, 30),
        ("fast.finish", 1, 60),
    ],
)
def test_a_period_that_is_set_for_the_case_has_bounds(key: str, least: int, most: int | None) -> None:
    term = statute.rule(key).term(Regime.ORDER81)
    assert (term.least, term.most) == (least, most)
