"""The kinds of question: what people type in their many ways is read; what cannot be meant is refused in words."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import FileField, RadioField

from forms.base import Entry, TaskForm
from forms.choices import OneField, SomeField, YesNoField, from_fact, worded
from forms.fields import FilesField, LinesField, TextBlock, TextField, TickField
from forms.parsed import ZONE, IsoDateField, MoneyField, ShanghaiDateTimeField, WholeField
from forms.rows import RowsField
from forms.text import many_lines, one_line
from tests.forms.samples import FACTS

some = settings(max_examples=80, deadline=None)


class Person(Entry):
    name = TextField("姓名", required="请填写姓名")
    adult = TickField("成年")


class Sample(TaskForm):
    text = TextField("文字", max_length=5)
    block = TextBlock("长文", min_length=3)
    lines = LinesField("列表", most=3, max_length=4)
    number = WholeField("数", least=1, most=9)
    money = MoneyField("金额")
    day = IsoDateField("日期")
    past = IsoDateField("过去", tense="past")
    future = IsoDateField("将来", tense="future")
    at = ShanghaiDateTimeField("时间")
    tick = TickField("勾选")
    files = FilesField("文件", most=2)
    one = OneField("其一", worded(a="甲", b="乙"))
    some = SomeField("若干", from_fact("parties"), ids=True)
    yes = YesNoField("是否", yes="是", no="否")
    people = RowsField(Person, "人", least=1, most=2, required="请填写一人")


def sample(**typed: Any) -> Sample:
    values = MultiDict({"people-0-name": "甲"})
    for name, value in typed.items():
        values.setlist(name, value if isinstance(value, list) else [value])
    form = Sample(values, facts=FACTS)
    form.validate()
    return form


def refused(name: str, typed: str | list[str]) -> list[str]:
    return list(sample(**{name: typed})[name].errors)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("180000", "180000.00"),
        ("180,000", "180000.00"),
        ("18万", "180000.00"),
        ("１８万元", "180000.00"),
        ("18.5万", "185000.00"),
        ("￥1,800.50", "1800.50"),
        ("1.2亿", "120000000.00"),
        ("0", "0.00"),
        (" 50 000 元 ", "50000.00"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert sample(money=typed).answers()["money"] == amount


@pytest.mark.parametrize(
    "typed", ["-1", "18w", "1,80", "1e5", "十八万", "nan", "1.234", "1.2345678万", "1000000000000", "٣"]
)
def test_what_is_no_amount_is_refused_and_stays_in_the_field(typed: str) -> None:
    form = sample(money=typed)
    assert form.money.errors
    assert form.money._value() == typed


@some
@given(st.decimals(0, 999_999_999_999, places=2))
def test_every_amount_comes_back_as_it_went(amount: Decimal) -> None:
    assert sample(money=f"{amount:,.2f}").money.data == amount


@pytest.mark.parametrize("typed", ["2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "２０２６－１１－２４"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert sample(day=typed).answers()["day"] == "2026-11-24"


@pytest.mark.parametrize("typed", ["2026-02-30", "24-11-2026", "1026-11-24", "20261124", "2026-W48-2", "明天"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert refused("day", typed)


def test_a_day_of_the_past_is_not_after_today_and_one_of_the_future_not_before() -> None:
    today = FACTS["today"].isoformat()
    assert not refused("past", today)
    assert not refused("future", today)
    assert refused("past", "2026-11-24") == ["过去不能晚于今天"]
    assert refused("future", "2026-11-22") == ["将来不能早于今天"]


@pytest.mark.parametrize(
    "typed", ["2026-11-30T09:30", "2026-11-30 09:30", "2026-11-30T01:30:00Z", "2026-11-30T09:30:00+08:00"]
)
def test_an_instant_is_kept_in_shanghai_time(typed: str) -> None:
    form = sample(at=typed)
    assert form.at.data == datetime(2026, 11, 30, 9, 30, tzinfo=ZONE)
    assert form.answers()["at"] == "2026-11-30T09:30:00+08:00"
    assert form.at._value() == "2026-11-30T09:30"


@pytest.mark.parametrize(
    "typed", ["2026-11-30T25:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:00-12:00", "早上"]
)
def test_what_is_no_instant_is_refused(typed: str) -> None:
    assert refused("at", typed)


def test_text_is_kept_without_what_cannot_be_seen() -> None:
    assert one_line("  甲\u3000乙\n\x00丙\u202e\u200b\ud800 ") == "甲 乙 丙"
    assert many_lines("甲  \r\n\r\n乙\x07丙\u2028丁\n") == "甲\n\n乙 丙\n丁"


@some
@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for clean in (one_line, many_lines):
        assert clean(clean(text)) == clean(text)
        clean(text).encode()


def test_text_that_is_too_long_or_too_short_says_by_how_much() -> None:
    assert refused("text", "一二三四五六") == ["最多 5 字，现为 6 字，请缩短"]
    assert refused("block", "一二") == ["至少 3 字，现为 2 字，请写得更具体"]
    assert not refused("block", "")


def test_a_list_has_one_item_on_each_line() -> None:
    form = sample(lines=" 甲 \r\n\n乙\n")
    assert form.answers()["lines"] == ["甲", "乙"]
    assert form.lines._value() == "甲\n乙"
    assert refused("lines", "1\n2\n3\n4") == ["最多 3 项，现为 4 项"]
    assert refused("lines", "1\n12345") == ["第 2 项超过 4 字，请缩短或者分成几项"]


@pytest.mark.parametrize("typed", ["0", "10", "-1", "1.5", "一", "9" * 400])
def test_a_number_out_of_its_bounds_is_refused(typed: str) -> None:
    assert refused("number", typed)


def test_a_number_may_be_full_width() -> None:
    assert sample(number="７").answers()["number"] == 7


@pytest.mark.parametrize(("typed", "answer"), [("y", True), ("false", False), ("", False)])
def test_a_box_is_ticked_or_not(typed: str, answer: bool) -> None:
    assert sample(tick=typed).answers()["tick"] is answer
    assert sample().answers()["tick"] is False


def test_files_are_named_by_their_ids_once_each() -> None:
    form = sample(files=["12", "", "12", "13"])
    assert form.answers()["files"] == [12, 13]
    assert refused("files", ["1", "2", "3"]) == ["最多 2 份文件，现为 3 份"]
    assert refused("files", ["../etc/passwd"]) == ["没有收到文件，请重新上传"]
    assert refused("files", ["0"])


def test_files_that_are_already_there_are_shown_by_name() -> None:
    shown = {12: {"id": 12, "name": "执照.pdf", "size": 820, "href": "/files/12"}}
    form = Sample(facts={**FACTS, "files": shown, "upload_url": "/files"}, data={"files": [12, 13]})
    assert [one["name"] for one in form.files.kept] == ["执照.pdf", "已上传的文件 13"]
    assert 'data-upload-url="/files"' in form.files()


def test_a_choice_is_one_of_those_offered() -> None:
    assert sample(one="b").answers()["one"] == "b"
    assert refused("one", "c") == ["请从列表中选择"]
    assert sample(some=["20", "20", "21"]).answers()["some"] == [20, 21]
    assert refused("some", ["20", "99"]) == ["请从列表中选择"]
    assert refused("some", ["x"]) == ["请从列表中选择"]


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_yes_and_no_are_truth_values(typed: str, answer: bool) -> None:
    assert sample(yes=typed).answers()["yes"] is answer


def test_neither_yes_nor_no_is_no_answer() -> None:
    assert sample().answers()["yes"] is None
    assert refused("yes", "maybe") == ["请从列表中选择"]


def test_fields_are_of_the_kinds_that_pages_know_how_to_draw() -> None:
    form = Sample(facts=FACTS)
    assert isinstance(form.files, FileField)
    assert isinstance(form.one, RadioField)
    assert isinstance(form.yes, RadioField)


def test_an_empty_row_is_left_out() -> None:
    form = sample(**{"people-1-name": "", "people-1-adult": ""})
    assert not form.people.errors
    assert form.answers()["people"] == [{"name": "甲", "adult": False}]


def test_a_row_that_must_be_there_is_refused_beside_its_field() -> None:
    form = Sample(MultiDict({"people-0-name": " "}), facts=FACTS)
    assert not form.validate()
    assert form.people.entries[0].form.name.errors == ["请填写姓名"]


def test_more_rows_than_there_is_room_for_are_refused_not_dropped() -> None:
    form = sample(**{f"people-{n}-name": "甲" for n in range(3)})
    assert "最多 2 项，现为 3 项" in form.people.errors


def test_row_names_that_are_no_numbers_are_passed_over() -> None:
    form = sample(**{"people-²-name": "甲", f"people-{'9' * 5000}-name": "甲", "people--name": "甲"})
    assert len(form.people.entries) == 1


@pytest.mark.parametrize(
    ("pressed", "names"),
    [
        ("add-people", ["甲", "乙"]),
        ("remove-people-0", ["乙"]),
        ("remove-people-9", ["甲", "乙"]),
        ("remove-people-²", ["甲", "乙"]),
        ("add-text", ["甲", "乙"]),
        ("remove-text-0", ["甲", "乙"]),
        ("x", ["甲", "乙"]),
    ],
)
def test_row_buttons_work_without_scripts(pressed: str, names: list[str]) -> None:
    values = MultiDict({"people-0-name": "甲", "people-1-name": "乙", "change_rows": pressed})
    form = Sample(values, facts=FACTS)
    form.change_rows(pressed)
    assert [row.form.name.data for row in form.people.entries] == names
    assert [row.name for row in form.people.entries] == [f"people-{n}" for n in range(len(names))]


def test_there_is_one_row_at_least_and_room_for_no_more_than_two() -> None:
    form = sample()
    form.change_rows("remove-people-0")
    assert len(form.people.entries) == 1
    form.change_rows("add-people")
    assert [row.form.name.data for row in form.people.entries] == ["甲", None]
    form.change_rows("add-people")
    assert len(form.people.entries) == 2


def test_a_refusal_without_a_field_stands_above_the_form() -> None:
    form = sample()
    form.refuse(None, "已有他人办理")
    form.refuse("nothing_here", "请刷新")
    assert form.form_errors == ["已有他人办理", "请刷新"]
