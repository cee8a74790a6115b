"""``flask awards compute`` at a desk and in a script."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

ON = ("--on", "2026-05-01")


@pytest.fixture
def run(app: Flask, session: Session) -> Any:
    def compute(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["awards", "compute", *words])

    return compute


def test_a_script_gets_one_json_object(run: Any) -> None:
    words = ("--award", "AW11", "--base", "30000000", "--already", "600000", "--ratio", "1", *ON, "--json")
    answer = json.loads(run(*words).stdout)
    assert answer["amount"] == "400000.00"
    assert answer["steps"][-1] == "给予 400,000 元"
    assert "二(二)2" in answer["citation"]


def test_a_person_gets_a_sentence(run: Any) -> None:
    said = run("--award", "aw16", "--approved", "250000", *ON).stdout
    assert said == (
        "AW16 广东专利金奖：250,000 元。最高 300,000 元，核定 250,000 元。"
        "依据：佛山市知识产权培优工程实施方案 第二(三)3；佛市监办发〔2019〕11号。\n"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--award", "AW99", *ON), "没有“AW99”"),
        (("--award", "AW11", *ON), "请填写实际金额"),
        (("--award", "AW11", "--base", "much", *ON), "--base 的“much”不是数字"),
        (("--award", "AW11", "--base", "-1", *ON), "应当大于 0"),
        (("--award", "AW05", "--items", "1.5", *ON), "--items 的“1.5”不是数字"),
        (("--award", "AW16", "--approved", "300000.01", *ON), "不得超过 300,000 元"),
        (("--award", "AW01", "--on", "2026-5-1"), "不是日期"),
        (("--award", "AW01", "--on", "2019-12-31"), "还没有奖励标准"),
    ],
)
def test_what_cannot_be_computed_is_refused_in_one_sentence(run: Any, words: tuple[str, ...], why: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in result.stderr and result.stderr.count("\n") == 1


def test_without_tables_it_says_so(tmp_path: Any) -> None:
    from sqlalchemy.exc import OperationalError

    from app.commands.awards import award_commands
    from app.domain.awards.grants import Rounding

    def broken(_day: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("no such table"))

    app = Flask("desk")
    app.cli.add_command(award_commands(broken, lambda: Rounding.YUAN))
    result = app.test_cli_runner().invoke(args=["awards", "compute", "--award", "AW01", *ON])
    assert result.exit_code == 2 and "flask db upgrade" in result.stderr
