"""A service guide says what such guides have to say, and nothing that the office has not said of itself."""

from __future__ import annotations

import pytest

from app.domain import statute
from app.models import db
from app.services import settings
from app.services.changing import changing
from tests.flows.office import Office
from tests.web.browser import Browser

GUIDE = "/guides/mediation"


@pytest.fixture
def visitor(office: Office) -> Browser:
    return Browser(office.app)


def test_a_guide_says_when_one_is_told_that_nothing_is_docketed(visitor: Browser) -> None:
    told = visitor.gets(GUIDE).text
    days = statute.length("mediation.refuse")
    assert "不予立案（不同意调解或者逾期未答复的）</td>" in told
    assert f"陈述期满或者收到不同意调解的意见之日起 {days} 个工作日内通知请求人（令81 第66条）" in told


def test_a_guide_says_where_and_when_to_come_and_whom_to_ask(visitor: Browser) -> None:
    with changing(db.session):
        settings.put(db.session(), "office.hours", "工作日 9:00—12:00")
        settings.put(db.session(), "office.phone", "0757-12345678")
    told = visitor.gets(GUIDE).text
    for line in (
        "<dt>办理机关</dt><dd>佛山市市场监督管理局（佛山市知识产权局）</dd>",
        "<dt>地点</dt><dd>佛山市禅城区影荫路8号</dd>",
        "<dt>时间</dt><dd>工作日 9:00—12:00</dd>",
        "<dt>咨询电话</dt><dd>0757-12345678</dd>",
    ):
        assert line in told


def test_a_guide_leaves_out_what_the_office_has_not_said(visitor: Browser) -> None:
    told = visitor.gets(GUIDE).text
    assert "<dt>时间</dt>" not in told and "<dt>咨询电话</dt>" in told
