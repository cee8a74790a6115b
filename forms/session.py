"""Sessions: when and where, and what came of them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.domain.mediation import ABSENT, SessionResult
from forms.base import TaskForm
from forms.choices import OneField, SomeField, from_fact, labelled
from forms.fields import TextBlock, TextField, TickField
from forms.parsed import ShanghaiDateTimeField
from forms.registry import task_form

ONE_ABSENT = "|".join(ABSENT)
TOGETHER = f"{SessionResult.AGREED}|{SessionResult.PARTIAL}"


FARTHEST = timedelta(days=366)


@task_form("schedule_session")
class ScheduleSession(TaskForm):
    """Fix time and place of the next session."""

    intro = _l("请确定调解会的时间和地点，各方会收到通知书。")
    patent_law = _l(
        "依据：《专利纠纷行政裁决和调解办法》第六十六条——收到同意调解的意见陈述书之日起 5 个工作日内通知调解的时间、地点。"
    )
    law_of_2015 = _l("依据：《专利行政执法办法》第二十四条。")
    submit_label = _l("发出通知")
    needs = ("now",)
    rules = (_l("调解会的时间在现在之后、一年之内。"),)

    at = ShanghaiDateTimeField(_l("时间"), required=_l("请填写调解会的日期和时间"))
    venue = TextField(
        _l("地点"), required=_l("请填写地点；线上进行的，请填写会议号或者链接"), description=_l("线上进行的填写会议号")
    )
    online = TickField(_l("线上进行"))
    day_off = TickField(
        _l("确认安排在非工作日"), description=_l("所定日期是星期六、星期日或者放假日，各方都同意的，请勾选")
    )
    note = TextBlock(_l("告知事项"), max_length=1000, description=_l("会写入通知书，例如需要携带的材料"))

    def check_together(self) -> None:
        """A session lies ahead."""
        now = self.known.get("now")
        if self.at.data and now and self.at.data <= now:
            self.refuse("at", _l("调解会的时间应当在现在之后"))
        if self.at.data and now and self.at.data > now + FARTHEST:
            self.refuse("at", _l("调解会的时间应当在一年之内，请核对年份"))


@task_form("hold_session")
class HoldSession(TaskForm):
    """Record the session and what came of it."""

    intro = _l("请记录到场的当事人、调解经过和结果。调解笔录会按这里的内容制作。")
    mediates = True
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十七条。")
    submit_label = _l("提交调解记录")
    needs = ("parties",)
    branch = ("result",)
    rules = (
        _l("达成或者部分达成协议的，请求人和被请求人都应当有人到场；调解会开始后才能登记结果。"),
        _l("按一方缺席处理的，该方没有人到场而另一方有人到场，并且调解通知书已在会前送达该方各当事人。"),
    )

    attended = SomeField(
        _l("到场的当事人"), from_fact("parties"), ids=True, weighed=True, description=_l("包括线上参加的")
    )
    record = TextBlock(
        _l("调解经过"),
        max_length=20_000,
        required=_l("请记录调解的经过"),
        description=_l("争议焦点、调解方案、各方意见；没有召开的，写明原因"),
    )
    result = OneField(_l("结果"), labelled(SessionResult), required=_l("请选择调解会的结果"))
    open_points = TextBlock(
        _l("未达成协议的事项"), max_length=2000, when="result=partial", required=_l("请写明未达成协议的事项")
    )
    justified = TickField(
        _l("缺席有正当理由"), when=f"result={ONE_ABSENT}", description=_l("勾选的，另行安排调解会，不按缺席处理")
    )

    def check_together(self) -> None:
        """Nobody agrees who was not there, and nobody was there where nothing took place."""
        if self.holds(f"result={TOGETHER}") and self.attended.blank:
            self.refuse("attended", _l("达成协议的，请勾选到场的当事人"))
        if self.holds(f"result={SessionResult.CANCELLED}") and not self.attended.blank:
            self.refuse("attended", _l("调解会没有召开的，不登记到场的当事人，请取消勾选"))


@task_form("close_failed")
class CloseFailed(TaskForm):
    """Close the mediation without an agreement."""

    intro = _l("调解未达成协议，请写明原因，各方会收到撤销案件通知书。")
    patent_law = _l("依据：《专利纠纷行政裁决和调解办法》第六十七条。")
    submit_label = _l("撤销案件")

    reason = TextBlock(_l("原因"), max_length=2000, required=_l("请写明未达成协议的原因"))
