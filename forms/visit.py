"""The yearly visit: set, fixed, the questionnaire, the record, following up what was found, the conclusion."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.domain.roster import visits
from app.domain.roster.visits import CancelGround, Owner, Question
from forms.base import Entry, TaskForm
from forms.choices import OneField, PickField, TopicField, YesNoField, from_fact, labelled, name_of, worded
from forms.fields import FilesField, LinesField, SignedFilesField, TextBlock, TextField, TickField
from forms.parsed import IsoDateField, WholeField
from forms.registry import task_form
from forms.rows import RowsField


@task_form("visit")
class VisitStart(TaskForm):
    """Set a visit to a member."""

    title = _l("下达定期回访")
    intro = _l("每个名录单位每年至少回访一次；下达后由直联专员约定时间，单位先答复问卷。一年只下达一次。")
    law = _l("依据：佛山市知识产权培优工程实施方案（定期回访制度）。")
    submit_label = _l("下达回访")

    member = PickField(_l("名录单位"), from_fact("visit_members"), ids=True, required=_l("请选择名录单位"))
    year = PickField(_l("年度"), from_fact("visit_years"), ids=True, required=_l("请选择年度"))
    by_day = IsoDateField(
        _l("最迟回访日"),
        tense="future",
        required=_l("请填写最迟在哪一日以前回访"),
        description=_l("应当在这一年度之内"),
    )

    def prefill(self) -> dict[str, Any]:
        """Begin with this year."""
        return {"year": self.known.get("this_year")}


@task_form("fix_visit")
class FixVisit(TaskForm):
    """Fix the day with the unit, and tell it who comes and what about."""

    intro = _l("请先与单位商定时间。提交后，单位会看到日期、来访人员和内容，并收到问卷。")
    submit_label = _l("通知单位")

    on = IsoDateField(_l("回访日期"), tense="future", required=_l("请填写商定的回访日期"))
    who = TextField(_l("来访人员"), required=_l("请填写谁来回访"), description=_l("姓名和职务，几个人的用顿号分开"))
    subjects = LinesField(_l("回访内容"), most=20, max_length=200, required=_l("请填写回访的内容，一行一项"))
    remark = TextBlock(_l("内部备注"), max_length=2000, description=_l("单位看不到"))


def _asked(form: Any) -> visits.Questionnaire:
    """Return the version of the questionnaire that the visit began with."""
    return visits.QUESTIONNAIRES[form.known.get("questionnaire") or visits.CURRENT.version]


def _choices(questions: tuple[Question, ...]) -> list[SelectChoice]:
    return [SelectChoice(one.key, name_of(one.name)) for one in questions]


def _scored(form: Any, _field: Any) -> list[SelectChoice]:
    return _choices(_asked(form).scored)


def _worded(form: Any, _field: Any) -> list[SelectChoice]:
    return _choices(_asked(form).worded)


class ScoreEntry(Entry):
    """How satisfied one is with one thing."""

    first = silent = ("question",)

    question = TopicField(_l("评价内容"), _scored, required=_l("请指明是哪一项"))
    points = WholeField(
        _l("满意度（1 至 5 分）"),
        least=visits.LEAST,
        most=visits.MOST,
        required=_l("请填写 1 至 5 的整数，5 分为最满意"),
    )


class WordsEntry(Entry):
    """What one says to one question."""

    first = silent = ("question",)

    question = TopicField(_l("问题"), _worded, required=_l("请指明是哪一个问题"))
    words = TextBlock(_l("答复"), max_length=4000)


class Answers(TaskForm):
    """The questionnaire, answered by the unit, or taken down by who visits."""

    scores = RowsField(ScoreEntry, _l("满意度"), most=20, fixed=True)
    words = RowsField(WordsEntry, _l("意见和困难"), most=20, fixed=True)

    def prefill(self) -> dict[str, Any]:
        """Return a row for each question."""
        asked = _asked(self)
        return {
            "scores": [{"question": one.key} for one in asked.scored],
            "words": [{"question": one.key} for one in asked.worded],
        }

    def refuse_half(self) -> None:
        """Whoever scores, scores everything."""
        there = {row.form.question.data for row in self.scores.filled}
        if not self.scores.errors and {one.key for one in _asked(self).scored} - there:
            self.refuse("scores", _l("请对每一项打分"))


@task_form("visit_questionnaire")
class VisitQuestionnaire(Answers):
    """Say how satisfied the unit is with the four systems and the policies, and what is difficult."""

    intro = _l(
        "请对四项制度和扶持政策打分（1 分最不满意，5 分最满意），并写下意见、建议和困难。逾期未答复的，回访照常进行。"
    )
    submit_label = _l("提交问卷")
    needs = ("questionnaire", "on_paper")
    first = ("scores", "words")

    scores = RowsField(ScoreEntry, _l("满意度"), most=20, fixed=True, required=_l("请对每一项打分"))
    files = SignedFilesField(_l("附件"))

    def check_together(self) -> None:
        """Every thing is scored."""
        self.refuse_half()


class ProblemEntry(Entry):
    """A problem that was found."""

    what = TextBlock(_l("问题"), max_length=1000, required=_l("请写明是什么问题"))
    owner = PickField(_l("由谁解决"), labelled(Owner), required=_l("请选择由谁解决"))
    due_on = IsoDateField(_l("解决期限"), tense="future", required=_l("请填写解决的期限"))


@task_form("record_visit")
class RecordVisit(Answers):
    """Record the visit: when it was held, who took part, what was said, what was found."""

    intro = _l("请登记回访情况和发现的问题。单位看得到“纪要摘要”，看不到内部纪要、问题清单和备注。")
    submit_label = _l("提交回访记录")
    needs = ("questionnaire", "unanswered")
    first = ("held_on", "took_part", "summary", "minutes", "files", "scores", "words", "problems", "remark")
    sections = (
        (_l("回访情况"), ("held_on", "took_part", "summary", "minutes", "files")),
        (_l("代为记录的问卷"), ("scores", "words")),
        (_l("发现的问题"), ("problems", "remark")),
    )
    rules = (_l("代为记录问卷的，每一项都要打分；单位没有回答的，整份不填。"),)

    held_on = IsoDateField(_l("实际回访日期"), tense="past", required=_l("请填写哪一日回访"))
    took_part = TextBlock(_l("参加人员"), max_length=1000, required=_l("请填写双方的参加人员"))
    summary = TextBlock(
        _l("纪要摘要"), min_length=5, max_length=4000, required=_l("请填写纪要摘要"), description=_l("单位会看到")
    )
    minutes = TextBlock(_l("内部纪要"), max_length=8000, description=_l("单位看不到"))
    files = FilesField(_l("附件"), description=_l("照片、签到表等，单位看不到"))
    scores = RowsField(
        ScoreEntry,
        _l("当面记录的满意度"),
        most=20,
        fixed=True,
        present_if="unanswered",
        description=_l("单位没有答复问卷的，当面了解后填写"),
    )
    words = RowsField(WordsEntry, _l("当面记录的意见和困难"), most=20, fixed=True, present_if="unanswered")
    problems = RowsField(
        ProblemEntry, _l("问题清单"), most=visits.MOST_PROBLEMS, description=_l("一项一行；没有发现问题的不填")
    )
    remark = TextBlock(_l("内部备注"), max_length=2000, description=_l("单位看不到"))

    def check_together(self) -> None:
        """Answers that are taken down are complete, or none."""
        if "scores" in self and not (self.scores.blank and self.words.blank):
            self.refuse_half()


class FollowedEntry(Entry):
    """What was done about one problem."""

    first = silent = ("problem",)

    problem = TopicField(_l("问题"), from_fact("open_problems"), ids=True, required=_l("请指明是哪一个问题"))
    answer = TextBlock(_l("办理情况"), max_length=2000, required=_l("请写明做了什么"))
    closed_on = IsoDateField(_l("解决日期"), tense="past", description=_l("还没有解决的不填"))


@task_form("follow_up")
class FollowUp(TaskForm):
    """Say what was done about each problem; whatever is not closed comes again."""

    intro = _l("请逐项登记办理情况；填写了解决日期的即为解决，其余的继续跟进。没有进展的可以不填。")
    submit_label = _l("提交办理情况")
    needs = ("open_problems",)

    problems = RowsField(
        FollowedEntry, _l("问题"), most=visits.MOST_PROBLEMS, fixed=True, required=_l("请至少登记一项问题的办理情况")
    )
    remark = TextBlock(_l("内部备注"), max_length=2000, description=_l("单位看不到"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each open problem, with what was said of it so far."""
        facts = self.known.get("problem_facts") or {}
        rows = [(key, facts.get(key, {})) for key, _ in self.known.get("open_problems") or []]
        return {"problems": [{"problem": key, "answer": one.get("answer", "")} for key, one in rows]}


@task_form("close_visit")
class CloseVisit(TaskForm):
    """Conclude the visit, or have it followed up further."""

    intro = _l("请核对回访记录和问题的办理情况，作出结论；需要调整培优计划的，写明调整什么。")
    submit_label = _l("提交结论")
    needs = ("open_problems",)
    branch = ("closing",)

    closing = OneField(
        _l("结论"),
        worded(conclude=_l("回访结束"), follow=_l("问题没有解决，继续跟进")),
        required=_l("请选择结论"),
    )
    reason = TextBlock(_l("继续跟进的要求"), max_length=2000, when="closing=follow", required=_l("请写明还要做什么"))
    conclusion = TextBlock(
        _l("回访结论"),
        min_length=5,
        max_length=4000,
        when="closing=conclude",
        required=_l("请写明回访的结论"),
        description=_l("单位会看到"),
    )
    adjusts = YesNoField(
        _l("是否调整培优计划"),
        yes=_l("调整"),
        no=_l("不调整"),
        when="closing=conclude",
        required=_l("请选择是否调整培优计划"),
    )
    adjustment = TextBlock(_l("调整的内容"), max_length=4000, when="adjusts=yes", required=_l("请写明调整什么"))
    carried = TextBlock(
        _l("未解决的问题怎样转入下一次回访"),
        max_length=2000,
        when="closing=conclude",
        description=_l("还有问题没有解决的，应当填写"),
    )

    def check_together(self) -> None:
        """What is open is not forgotten."""
        if self.holds("closing=conclude") and self.known.get("open_problems") and self.carried.blank:
            self.refuse("carried", _l("还有问题没有解决，请写明怎样转入下一次回访"))
        if self.holds("closing=follow") and not self.known.get("open_problems"):
            self.refuse("closing", _l("问题都已解决，不需要继续跟进"))


@task_form("act:cancel_visit")
class CancelVisit(TaskForm):
    """Give up the visit."""

    title = _l("取消回访")
    intro = _l("取消后本件结束，年度回访计划中注明已取消；这一年度不再下达。")
    submit_label = _l("取消回访")

    ground = OneField(_l("原因"), labelled(CancelGround), required=_l("请选择原因"))
    reason = TextBlock(_l("说明"), max_length=2000, required=_l("请写明为什么取消"), description=_l("单位会看到"))


@task_form("act:skip_questionnaire")
class SkipQuestionnaire(TaskForm):
    """Record the visit without waiting for the questionnaire."""

    title = _l("不等问卷，登记回访")
    intro = _l("约定的日期已到而单位还没有答复问卷的，可以直接登记回访，问卷内容当面记录。")
    submit_label = _l("登记回访")

    confirm = TickField(_l("回访已经进行，不再等候问卷"), required=_l("请确认回访已经进行"))


@task_form("act:change_visitor")
class ChangeVisitor(TaskForm):
    """Give the visit to another liaison."""

    title = _l("更换回访人")
    intro = _l("更换以后，没有办完的步骤都由新的直联专员办理。名录上的直联专员不变。")
    submit_label = _l("更换回访人")
    needs = ("visitors",)

    to = PickField(_l("新的回访人"), from_fact("visitors"), ids=True, required=_l("请选择新的回访人"))
    reason = TextBlock(_l("理由"), max_length=500, required=_l("请写明更换的理由"))


class LaterEntry(Entry):
    """A problem and the day by which it is to be solved from now on."""

    first = silent = ("problem",)

    problem = TopicField(_l("问题"), from_fact("open_problems"), ids=True, required=_l("请指明是哪一个问题"))
    due_on = IsoDateField(_l("新的解决期限"), tense="future", required=_l("请填写新的期限"))


@task_form("act:amend_problems")
class AmendProblems(TaskForm):
    """Add problems, or give what is open more time."""

    title = _l("增加问题或者延长期限")
    intro = _l("期限只延长，不缩短；不延长的不填。增加的问题一项一行。")
    submit_label = _l("提交")
    needs = ("open_problems",)
    rules = (_l("增加问题和延长期限，至少有一项。"),)

    dues = RowsField(LaterEntry, _l("延长期限"), most=visits.MOST_PROBLEMS, fixed=True)
    added = RowsField(ProblemEntry, _l("增加的问题"), most=visits.MOST_PROBLEMS)
    reason = TextBlock(_l("理由"), max_length=1000, required=_l("请写明理由"))

    def prefill(self) -> dict[str, Any]:
        """Return a row for each open problem."""
        return {"dues": [{"problem": key} for key, _ in self.known.get("open_problems") or []]}

    def check_together(self) -> None:
        """Something changes."""
        if self.dues.blank and self.added.blank:
            self.refuse("added", _l("请增加问题，或者延长期限"))
