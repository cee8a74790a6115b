"""One page with every component on it, drawn with sample data, and small pages of errors beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import jinja2
from flask import Flask, render_template, request
from flask_babel import Babel, lazy_gettext
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from app import clock
from app.domain.calendar import Calendar
from app.web import controls, presenting
from app.web.charts import Chart, Series
from app.web.presenting import Frame, MenuItem, Person
from app.web.timebars import TimeBar, TimeScale

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = sorted((ROOT / "app/templates/components").glob("*.html"))
ERRORS = ("400", "401", "403", "404", "409", "413", "414", "422", "429", "500")
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 16, 42, tzinfo=clock.ZONE)
MENU = ("工作台", "案件", "督办", "名录", "公示")
RESULTS = [SelectChoice("accept", "受理"), SelectChoice("correction", "需要补正"), SelectChoice("refuse", "不予受理")]


class Address(Form):
    district = StringField("区")
    street = StringField("街道", [validators.InputRequired("请填写街道")])


class Party(Form):
    name = StringField("名称", [validators.InputRequired("请填写名称")])
    kind = RadioField("类别", choices=[SelectChoice("person", "自然人"), SelectChoice("company", "单位")])


class Review(Form):
    result = RadioField("审查结论", [validators.InputRequired(lazy_gettext("请选择结论"))], choices=RESULTS)
    points = SelectMultipleField(
        "核对要点", choices=RESULTS, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    reasons = TextAreaField("补正清单", [validators.InputRequired("请写明每一项缺什么")], description="一行一项")
    days = IntegerField("补正期限")
    agree = BooleanField("已核对", [validators.InputRequired("请确认")])
    kind = SelectField("类别", choices=RESULTS)
    on = DateField("日期", [validators.Optional()])
    at = DateTimeLocalField("时间", [validators.Optional()])
    secret = PasswordField("密码", render_kw={"autocomplete": "new-password"})
    papers = MultipleFileField("材料", description="PDF 或图片，每份不超过 20 MB")
    address = FormField(Address, label="地址")
    parties = FieldList(FormField(Party), label="被请求人", min_entries=1, max_entries=5)
    claims = FieldList(StringField("请求", [validators.InputRequired("请填写请求")]), label="请求事项")
    stamp = HiddenField()
    send = SubmitField("提交审查结论")


class Evidence(FieldList):
    """Rows that know what an empty one looks like."""

    @property
    def blank_row(self) -> Form:
        return Party(prefix=f"{self.name}-0-")


class Small(Form):
    note = StringField("备注", render_kw={"data-shown-when": "kind=other"})
    evidence = Evidence(FormField(Party), label="证据")
    proof = MultipleFileField("证明")


class Proposal(Form):
    title = "提交发布"
    submit_label = "提交"
    reason = TextAreaField("修改理由和依据")


def pages(calendar: Callable[[], Calendar] = Calendar) -> Flask:
    """Return an application with one page: every component, drawn with sample data."""
    app = Flask("app", root_path=str(ROOT / "app"))
    app.config.update(SECRET_KEY="k" * 32, TESTING=True, DEMO=True)
    loaders = [app.jinja_loader, jinja2.FileSystemLoader(ROOT / "tests/web")]
    app.jinja_loader = jinja2.ChoiceLoader([loader for loader in loaders if loader is not None])
    CSRFProtect(app)
    LoginManager(app).user_loader(lambda _id: None)
    Babel(app, locale_selector=lambda: request.args.get("language", "zh"))
    controls.install(app)
    presenting.install(app, calendar=calendar, office=lambda: "佛山市市场监督管理局")
    app.add_url_rule("/", "gallery", lambda: render_template("gallery.html", **samples()))
    app.add_url_rule("/stranger", "stranger", lambda: render_template("errors/404.html"))
    app.add_url_rule("/errors/<code>", "error", error_page)
    for act in ("show", "begin", "propose", "publish", "discard"):
        app.add_url_rule(f"/drawn-up/{act}", f"drawn_up.{act}", lambda: "")
    return app


def error_page(code: str) -> str:
    return render_template(f"errors/{code}.html", frame=Frame(login_url="/login"), reference="7F3A-19", message="<b>")


def version(number: int, state: str, *, waits: bool = False) -> SimpleNamespace:
    person = SimpleNamespace(name="陈慧敏") if state == "draft" else None
    return SimpleNamespace(
        id=number,
        number=number,
        state=state,
        waits=waits,
        effective_from=TODAY,
        made_by=person,
        made_at=AT,
        decided_by=None,
        decided_at=AT,
    )


def samples() -> dict[str, object]:
    form = Review(result="correction", data={"parties": [{"name": ""}, {"name": "嘉信贸易行"}], "claims": ["", "赔偿"]})
    form.validate()
    return {
        "frame": Frame(
            office="佛山市市场监督管理局（知识产权局）",
            person=Person(name="陈慧敏", key="u7", role="受理人员", href="/me"),
            search_url="/search",
            search_hint="案号、当事人、专利号",
            messages_url="/messages",
            logout_url="/logout",
            language_url="/language",
            here="/",
            demo_now=AT,
            shifted=True,
            links=[MenuItem(label="办事指南", href="/guides")],
        ),
        "menu": [MenuItem(label=label, href=f"/{n}", active=n == 1) for n, label in enumerate(MENU)],
        "unread": 3,
        "form": form,
        "small": Small(),
        "proposal": Proposal(),
        "versions": [version(3, "draft"), version(2, "draft", waits=True), version(1, "published")],
        "today": TODAY,
        "next_year": date(2027, 1, 3),
        "at": AT,
        "long": "停止销售" * 40,
        "lamps": {
            "green": SimpleNamespace(code="green", text="还有 4 个工作日"),
            "yellow": SimpleNamespace(code="yellow", text="明天到期"),
            "red": SimpleNamespace(code="red", text="逾期 2 个工作日"),
            "paused": SimpleNamespace(code="paused", text="已暂停 · 余 41 日"),
            "done": SimpleNamespace(code="done", text="按时办结"),
        },
        "stage_items": [
            ("提出请求", "past"),
            ("形式审查", "now"),
            *((name, "ahead") for name in ("送达与意见陈述", "立案指派", "调解会", "签署协议", "履行")),
        ],
        "story": [
            SimpleNamespace(at=AT, body="请求人提交了调解请求书", href="/files/1"),
            SimpleNamespace(at=AT, body="陈慧敏认领了形式审查"),
        ],
        "clocks": [
            {
                "title": "受理审查（内部目标 1 个工作日）",
                "lamp": {"code": "yellow", "text": "明天"},
                "due": TODAY,
                "segments": [(0, 62, "run"), (62, 10, "pause")],
                "explain_href": "/explain",
                "law": "当日不计。",
            },
            {
                "title": "送达被请求人",
                "lamp": {"code": "none", "text": "未起算"},
                "due": date(2027, 1, 4),
                "provisional": True,
            },
        ],
        "drawn": Chart(
            ["市局 'A' <b>"], [Series("期限充裕", [4], "green"), Series("已逾期", [2], "red")], stacked=True
        ),
        "scale": TimeScale(
            TODAY,
            date(2027, 2, 23),
            periods=(
                TimeBar("结案", "11月23日至2027年2月23日", ((0, 100, "rest"), (10, 12, "pause"), (9, 1, "today"))),
            ),
            pauses=(TimeBar("中止", "12月2日起", ((10, 12, "pause"),), reason="无效宣告请求已受理"),),
        ),
        "parties": [
            {
                "role": "请求人",
                "name": "顺德美誉电器股份有限公司",
                "code": "91440606MA5XXXXX1K",
                "agent": "代理人 何律师（特别授权）",
                "href": "/o/1",
            },
            {"role": "被请求人一", "name": "中山市晨光小家电有限公司"},
        ],
        "days": [{"date": TODAY, "n": None, "note": "当日不计"}, {"date": date(2026, 11, 24), "n": 1, "note": ""}],
        "kept": [
            {"id": "f1", "name": "专利登记簿副本.pdf", "size": 820, "href": "/files/f1"},
            {"id": "f2", "name": "授权委托书.pdf", "size": 2048},
        ],
    }
