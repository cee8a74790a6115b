"""Codes in the reader's words: what the pages of a case print beside the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.documents import catalogue
from app.domain import (
    adjudication,
    disputes,
    district_tasks,
    mediation,
    notices,
    policies,
    service,
    states,
    statute,
    supports,
    targets,
)
from app.domain.awards import applications, batches, calls, recovery
from app.domain.awards import kinds as awards
from app.domain.events import InternalPaperMade
from app.domain.masking import Protected
from app.domain.periods import PAUSES
from app.domain.roles import PartyRole, Role
from app.domain.roster import (
    assistance,
    contacts,
    criteria,
    members,
    package,
    projects,
    reviews,
    shortlist,
    training,
    visits,
)
from app.domain.roster import batches as roster_batches
from app.domain.texts import Text
from app.models import Document, Event, MediationSession, Party, ServiceRecord
from app.queries import sessions, sight
from app.queries.meetings import Meeting
from app.web.answers import answers_of, sent_again
from app.web.presenting import language

LABELLED: Mapping[str, tuple[type[Enum], ...]] = {
    "state": (states.State,),
    "right": (disputes.RightType,),
    "dispute": (disputes.DisputeKind,),
    "link": (disputes.LinkNature,),
    "standing": (disputes.Standing,),
    "competence": (disputes.Competence,),
    "authority": (disputes.Authority,),
    "stance": (mediation.Stance,),
    "method": (disputes.ServiceMethod,),
    "session": (mediation.SessionResult,),
    "answer": (mediation.AgreementChoice,),
    "hearing": (adjudication.HearingResult,),
    "measure": (adjudication.Measure,),
    "suit": (adjudication.SuitResult,),
    "finding": (adjudication.Finding,),
    "capacity": (disputes.RecusalCapacity,),
    "cancellation": (adjudication.CancellationGround,),
    "withdrawal": (adjudication.WithdrawalGround,),
    "suspension": (adjudication.SuspensionGround,),
    "protected": (Protected,),
    "applicant": (awards.Applicant,),
    "award_item": (awards.Item,),
    "call_mode": (calls.CallMode,),
    "call_stage": (calls.CallStage,),
    "verdict": (applications.Verdict,),
    "recovery": (recovery.RecoveryState, recovery.RecoveryGround),
    "effect": (recovery.Effect,),
    "batch": (batches.BatchState,),
    "grant": (batches.GrantState,),
    "award_mode": (awards.Mode,),
    "dimension": (criteria.Dimension,),
    "industry": (members.Industry,),
    "roster_entry": (members.Entry,),
    "roster_exit": (members.Exit,),
    "roster_bar": (members.Bar,),
    "review_cause": (reviews.Cause,),
    "review_outcome": (reviews.Outcome,),
    "roster_batch": (roster_batches.BatchKind, roster_batches.BatchPhase),
    "shortlisted": (shortlist.Standing,),
    "problem_owner": (visits.Owner,),
    "problem_state": (visits.ProblemState,),
    "visit_source": (visits.Source,),
    "visit_standing": (visits.Standing,),
    "evidence": (awards.Evidence,),
    "notice_subject": (notices.Subject,),
    "notice_state": (notices.NoticeState,),
    "objector": (notices.Objector,),
    "objection": (notices.ObjectionState,),
    "objection_paper": (notices.Paper,),
    "ground": (notices.Ground,),
    "need": (assistance.Need,),
    "referral": (assistance.Referral,),
    "contact": (contacts.ContactKind,),
    "service_of_package": (package.Service,),
    "progress": (package.Progress,),
    "policy_level": (policies.Level,),
    "policy_topic": (policies.Topic,),
    "policy_standing": (policies.Standing,),
    "push_answer": (policies.Answer,),
    "role": (Role, PartyRole),
    "direction": (targets.Direction,),
    "counting": (targets.Counting,),
    "target_stage": (targets.Stage,),
    "value_state": (targets.ValueState,),
    "standing_of": (targets.Standing,),
    "task_state": (district_tasks.TaskState,),
    "outcome": (district_tasks.Outcome,),
    "support": (supports.Support,),
    "training_subject": (training.Subject,),
    "audience": (training.Audience,),
    "course_state": (training.CourseState,),
    "seat_state": (training.SeatState,),
    "project_level": (projects.Level,),
    "project_kind": (projects.ProjectKind,),
    "project_stage": (projects.Stage,),
    "channel": (projects.Channel,),
    "project_result": (projects.Result,),
}
WORDS: Mapping[str, Mapping[str, Any]] = {
    "process": {
        "mediation": _l("快速调解"),
        "adjudication": _l("行政裁决"),
        "award_application": _l("奖励申报"),
        "roster_intake": _l("名录自荐"),
        "roster_review": _l("名录年度复核"),
        "assistance": _l("诉求工单"),
        "visit": _l("定期回访"),
        "project": _l("项目直报"),
    },
    "column": {
        "parties": _l("当事人"),
        "process": _l("程序"),
        "state": _l("案件状态"),
        "queue": _l("队列"),
        "holder": _l("承办人"),
        "opened": _l("收到"),
        "due": _l("到期"),
        "done": _l("办结"),
    },
    "service": {"received": _l("已送达"), "failed": _l("未能送达"), "pending": _l("在途")},
    "papers": {
        "shared": _l("各程序共用的文书"),
        "mediation": _l("调解的文书"),
        "adjudication": _l("裁决程序的文书"),
        "investigation": _l("取证的文书"),
        "decision": _l("裁决及其后的文书"),
        "award_application": _l("奖励申报的文书"),
        "roster": _l("培优名录的文书"),
        "assistance": _l("诉求工单的材料"),
        "visit": _l("定期回访的材料"),
        "project": _l("项目直报的材料"),
    },
    "issuer": {"office": _l("本局制作"), "party": _l("当事人提交"), "internal": _l("内部文书")},
    "source": {
        "case": _l("案件登记的内容"),
        "office": _l("办公设置"),
        "answer": _l("制作时填写"),
        "system": _l("系统写入"),
    },
    "pause": PAUSES,
    "start": {
        "accepted": _l("受理请求"),
        "application_accepted": _l("受理申报"),
        "assessment_made": _l("提出评定意见"),
        "evaluation_began": _l("抽取评审人员"),
        "facts_checked": _l("核实完成"),
        "nomination_received": _l("收到自荐"),
        "put_right_reported": _l("报告整改"),
        "putting_right_asked": _l("要求整改"),
        "review_opened": _l("开始年度复核"),
        "self_report_in": _l("收到自评"),
        "application_received": _l("收到申报"),
        "correction_asked": _l("通知补正"),
        "grant_appealed": _l("提出名单异议"),
        "grant_offered": _l("通知确认"),
        "grant_paid": _l("拨付"),
        "payment_failed": _l("银行退票"),
        "help_answered": _l("答复诉求"),
        "help_asked": _l("登记诉求"),
        "help_assigned": _l("派单"),
        "project_filed": _l("提交项目"),
        "guidance_due": _l("交付辅导"),
        "revision_asked": _l("请单位修改"),
        "guidance_ended": _l("辅导完成"),
        "project_recommended": _l("决定推荐"),
        "reconsideration_asked": _l("申请复核"),
        "result_told": _l("告知审核结果"),
        "review_began": _l("开始审核"),
        "review_ended": _l("审核完成"),
        "visit_begun": _l("下达回访任务"),
        "visit_day": _l("约定的回访日"),
        "visit_fixed": _l("通知回访时间"),
        "visit_held": _l("回访"),
        "visit_seen_to": _l("问题跟进结束"),
        "agreed": _l("达成协议"),
        "agreement_effective": _l("调解协议生效"),
        "answer_received": _l("收到答辩书"),
        "closed": _l("结案"),
        "confirmation_accepted": _l("法院受理司法确认申请"),
        "confirmation_applied": _l("法院收到司法确认申请"),
        "consent_received": _l("意见陈述齐备（有同意调解的）"),
        "correction_notified": _l("通知补正"),
        "decision_changed": _l("裁决变更或者撤销"),
        "decision_made": _l("作出裁决"),
        "decision_served": _l("收到裁决书"),
        "docketed": _l("立案"),
        "evidence_notified": _l("收到举证通知"),
        "evidence_registered": _l("登记保存证据"),
        "exhortation_served": _l("送达催告书"),
        "findings_notified": _l("裁决前告知"),
        "hearing_notified": _l("收到口头审理通知"),
        "list_known": _l("得知办案人员名单"),
        "notice_published": _l("发布公告"),
        "objection_received": _l("收到管辖异议"),
        "office_term_ended": _l("本局申请执行的期限届满"),
        "paper_received": _l("收到文书"),
        "performance_due": _l("履行期限或者起诉期届满"),
        "recusal_requested": _l("申请回避"),
        "refusal_served": _l("收到不予受理或者撤案通知"),
        "request_received": _l("收到请求"),
        "request_served": _l("收到请求书副本"),
        "resign_notified": _l("通知重交答辩书"),
        "review_requested": _l("申请复议"),
        "session": _l("调解会"),
        "statements_closed": _l("意见陈述结束"),
    },
    "ended": {"met": _l("已办结"), "lapsed": _l("已届满"), "cancelled": _l("已终止")},
    "job": {
        "heartbeat": _l("心跳"),
        "deadlines": _l("到期的期限"),
        "notices": _l("到期的公示"),
        "documents": _l("制作文书"),
        "announcements": _l("通知队列中的新任务"),
        "district_tasks": _l("提醒将到期的区级任务"),
        "roster_bars": _l("名录单位的关注情形"),
        "outbox": _l("发送消息"),
        "reconcile": _l("核对案件与任务"),
        "verify": _l("核验办理经过"),
        "register": _l("核对案号登记簿"),
        "retention": _l("清理过期的令牌和无人使用的文件"),
        "files": _l("核对文件与记录"),
    },
    "incident": {
        "complete": _l("一项任务提交后没有办成"),
        "act": _l("案件上的一项办理没有办成"),
        "open": _l("一份请求没有提交成功"),
        "lapse": _l("一个期限届满后，该办的事没有办成"),
        "close_notice": _l("一份公示期满后，该办的事没有办成"),
        "render": _l("一份文书没有制作出来"),
        "announce": _l("队列中的一项新任务没有通知到人"),
        "district_task": _l("一项将到期的区级任务没有提醒到人"),
        "roster_bar": _l("名录单位出现关注情形，没有开始复核"),
        "deliver": _l("一条消息没有发送出去"),
        "reconcile": _l("一个案件的办理经过与保存的状态、任务不一致"),
        "verify": _l("一个案件的办理经过没有通过核验，可能被改动"),
        "register": _l("登记簿中缺少已经编出的案号"),
        "file_missing": _l("一份文件的内容不在存储中"),
        "file_stray": _l("存储中有内容没有任何记录提到，重试会删除它们"),
    },
    "settled": {"retried": _l("重试成功"), "overtaken": _l("案件已经前进，无须重试")},
}
TONES: Mapping[str, str] = {
    "performed": "good",
    "settled": "good",
    "performing": "good",
    "breached": "bad",
    "failed": "warn",
    "mediated": "good",
    "concluded": "good",
    "suspended": "warn",
    "correcting": "warn",
    "improving": "warn",
    "funded": "good",
    "not_recommended": "bad",
}
NUMERALS = "一二三四五六七八九十"


def install(app: Flask) -> None:
    """Give the words to every template."""
    app.jinja_env.globals.update(
        a_step_waits=service.a_step_waits,
        answers_of=answers_of,
        has_begun=sessions.has_begun,
        in_order=in_order,
        is_under_way=sessions.is_under_way,
        known_stance=sight.stance,
        is_a_partys=catalogue.is_a_partys,
        lacks_proof=lacks_proof,
        maker=maker,
        may_be_electronic=service.may_be_electronic,
        outcomes=outcomes,
        place_of=place_of,
        moment=moment,
        named=named,
        receipt_of=receipt_of,
        rule_name=rule_name,
        said=said,
        sent_again=sent_again,
        tone_of=tone_of,
        word=word,
        worth_telling=worth_telling,
        written_number=disputes.written_number,
    )


def word(kind: str, code: str | None) -> str:
    """Return the word for a code in the reader's language; a code without a word is returned as it is."""
    if not code:
        return ""
    for labels in LABELLED.get(kind, ()):
        if code in [member.value for member in labels]:
            return str(gettext(labels(code).label))  # type: ignore[attr-defined]
    found = WORDS.get(kind, {}).get(code, code)
    return found.within(language()) if isinstance(found, Text) else str(found)


def said(text: str | None) -> str:
    """Return a word that an event keeps in Chinese in the reader's language, where the catalogue has it."""
    return str(gettext(text)) if text else ""


def named(thing: Any, own: str = "") -> str:
    """Return the name or title of something (or its text ``own``) that has one in English beside it."""
    own = own or ("title" if hasattr(thing, "title_en") else "name")
    english = getattr(thing, f"{own}_en") if language() == "en" else ""
    return str(english or getattr(thing, own))


def rule_name(key: str) -> str:
    """Return the name of a period's rule; a rule the product no longer knows is called by its key."""
    rule = statute.RULES.get(key)
    if rule is None:
        return key
    return rule.name.en if language() == "en" else rule.name.zh


def maker(document: Document) -> str:
    """Return whose paper it is: the office's, or a party's, handed in as a file or made from what it filled in."""
    if not document.issued:
        return str(gettext("当事人材料"))
    return str(gettext("当事人文书") if catalogue.is_a_partys(document.title) else gettext("本局文书"))


def receipt_of(document: Document) -> str:
    """Return which paper a service receipt is about and whom it reached; nothing for any other paper."""
    if document.kind != "service_receipt" or not document.issued or not document.facts:
        return ""
    about = document.facts["document"]
    title = about.get("title_en") if language() == "en" else None
    paper = f"{title or said(about['title'])} {about['number']}".strip()
    return str(gettext("%(paper)s，受送达人：%(name)s", paper=paper, name=document.facts["receiver_party"]))


def outcomes(records: Iterable[ServiceRecord]) -> list[ServiceRecord]:
    """Return the attempts at service without those under way whose end was recorded later."""
    listed = sorted(records, key=lambda one: one.id)
    last = {one.party_id: one.id for one in listed}
    return [one for one in listed if one.result != "pending" or last[one.party_id] == one.id]


def lacks_proof(record: ServiceRecord) -> bool:
    """Say whether a paper arrived in a way that only its receipt proves, and no receipt was uploaded."""
    by_receipt = record.method in service.PROVEN_BY_RECEIPT
    return by_receipt and record.result == "received" and record.proof_file_id is None


def place_of(session: MediationSession | Meeting) -> str:
    """Return where a session or a hearing is held; one held online says so."""
    return gettext("线上，%(venue)s", venue=session.venue) if session.online else session.venue


def moment(text: str) -> datetime:
    """Return the instant that an event keeps as text."""
    return datetime.fromisoformat(text)


def tone_of(state: str) -> str:
    """Return the tone of a case's badge; an end that is neither good nor bad is quiet."""
    return TONES.get(state, "quiet" if state in states.CLOSED else "info")


def worth_telling(events: Iterable[Event]) -> list[Event]:
    """Return the events without the making of service receipts: the service that each proves is told beside it."""
    receipt = catalogue.KINDS["service_receipt"].name
    return [e for e in events if e.kind != InternalPaperMade.kind or e.data["document"] != receipt]


def in_order(parties: Iterable[Party]) -> list[tuple[str, Party]]:
    """Return the parties, each with what it is called in the case: numbered where several stand on one side."""
    listed = list(parties)
    found = []
    for role in PartyRole:
        side = [p for p in listed if p.role == role]
        for place, party in enumerate(side):
            found.append((_numbered(gettext(role.label), place, len(side)), party))
    return found


def _numbered(label: str, place: int, several: int) -> str:
    if several < 2:
        return label
    return f"{label} {place + 1}" if language() == "en" or place >= len(NUMERALS) else f"{label}{NUMERALS[place]}"
