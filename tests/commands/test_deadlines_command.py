"""``flask deadlines compute`` at a desk and in a script."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.commands.deadlines import deadline_commands
from app.domain.calendar import Calendar

THE_ANSWER = ("--rule", "TL06", "--received", "2026-09-20", "--from", "2026-09-29")


def run(*words: str, calendar: Calendar | None = None) -> Result:
    app = Flask("desk")
    app.cli.add_command(deadline_commands(Calendar if calendar is None else lambda: calendar))
    return app.test_cli_runner().invoke(args=["deadlines", "compute", *words])


def test_a_script_gets_one_json_object() -> None:
    result = run(*THE_ANSWER, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (answer["due"], answer["provisional"], answer["regime"]) == ("2026-10-14", False, "order81")
    assert "22" in answer["citation"]
    assert answer["days"][0] == {"date": "2026-09-30", "n": 1, "note": ""}


def test_a_person_gets_a_sentence() -> None:
    assert run(*THE_ANSWER).stdout == (
        "提交答辩书：最后一日是 2026-10-14（星期三）24:00，依据《专利纠纷行政裁决和调解办法》（令81）第22条。\n"
    )


def test_a_provisional_date_says_so() -> None:
    assert "暂定" in run("--rule", "TL32", "--received", "2026-12-20", "--from", "2026-12-30").stdout


def test_an_id_with_several_rules_says_which_one_was_taken() -> None:
    said = run("--rule", "TL60", "--received", "2026-03-02", "--from", "2026-03-02").stdout
    assert "fast.triage" in said
    assert "这里按 fast.finish 计算" in said


def test_pauses_and_extensions_are_counted_in() -> None:
    words = ("--rule", "TL18", "--received", "2026-03-02", "--from", "2026-03-02", "--json")
    paused = run(*words, "--pause", "suspension:2026-03-10..2026-03-19", "--pause", "settlement:2026-03-18..2026-03-21")
    assert json.loads(paused.stdout)["due"] == "2026-06-15"  # 14 June is a Sunday
    assert json.loads(run(*words, "--extend", "2").stdout)["due"] == "2026-09-02"


def test_a_variant_and_a_length_are_taken() -> None:
    assert "2026-10-29" in run(*THE_ANSWER, "--variant", "no_domicile").stdout
    corrected = run("--rule", "TL02", "--received", "2026-03-02", "--from", "2026-03-02", "--length", "15")
    assert "2026-03-17" in corrected.stdout


def test_the_office_calendar_is_asked() -> None:
    closed = Calendar({date(2026, 10, 14): False})
    assert "2026-10-15" in run(*THE_ANSWER, calendar=closed).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--rule", "TL99", "--received", "2026-09-20", "--from", "2026-09-29"),
        ("--rule", "TL38", "--received", "2026-09-20", "--from", "2026-09-29"),
        ("--rule", "TL32", "--received", "last week", "--from", "2026-09-29"),
        ("--rule", "TL32", "--received", "2026-02-30", "--from", "2026-09-29"),
        (
            "--rule",
            "TL18",
            "--received",
            "2024-09-20",
            "--from",
            "2024-09-29",
            "--pause",
            "settlement:2024-10-10..2024-10-12",
        ),
        (*THE_ANSWER, "--pause", "suspension:2026-10-20..2026-10-10"),
        (*THE_ANSWER, "--pause", "suspension"),
        (*THE_ANSWER, "--extend", "3"),
        (*THE_ANSWER, "--extend", "some"),
        (*THE_ANSWER, "--length", "20"),
        (*THE_ANSWER, "--variant", "abroad"),
    ],
)
def test_a_refusal_is_one_plain_sentence_and_exit_2(words: tuple[str, ...]) -> None:
    result = run(*words, "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "%(" not in result.stderr


@pytest.mark.parametrize("day", ["20260920", "2026-W38-7", "2026-9-20", "2026-09-31", ""])
def test_a_day_is_written_in_one_way_only(day: str) -> None:
    result = run("--rule", "TL06", "--received", "2026-09-20", "--from", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2026-09-20" in result.stderr


def test_a_period_does_not_begin_before_the_request_was_received() -> None:
    result = run("--rule", "TL06", "--received", "2026-09-29", "--from", "2026-09-20")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--from" in result.stderr


SUIT = ("--rule", "TL20", "--received", "2026-09-20", "--from", "2026-10-12")


@pytest.mark.parametrize(
    ("chosen", "more", "due"),
    [(None, (), "2026-10-27"), ("suit", (), "2027-04-12"), ("suit", ("--variant", "reconsideration"), "2026-12-11")],
)
def test_where_texts_disagree_the_one_holds_that_the_office_follows(
    chosen: str | None, more: tuple[str, ...], due: str
) -> None:
    app = Flask("desk")
    app.cli.add_command(deadline_commands(chosen=lambda key: chosen if key == "adjudication.remedy" else None))
    result = app.test_cli_runner().invoke(args=["deadlines", "compute", *SUIT, *more, "--json"])
    assert json.loads(result.stdout)["due"] == due


@pytest.mark.parametrize(
    ("days", "more", "due"),
    [(60, (), "2025-05-06"), (45, (), "2025-04-17"), (30, (), "2025-04-02"), (30, ("--length", "60"), "2025-05-06")],
)
def test_a_public_notice_runs_as_long_as_the_office_has_set(days: int, more: tuple[str, ...], due: str) -> None:
    app = Flask("desk")
    app.cli.add_command(deadline_commands(chosen_length=lambda key: days if key == "service.public_notice" else None))
    words = ("--rule", "TL24", "--received", "2025-03-03", "--from", "2025-03-03", *more)
    result = app.test_cli_runner().invoke(args=["deadlines", "compute", *words])
    assert due in result.stdout
    assert "日数由本局指定" not in result.stdout


def test_a_variant_and_a_length_exclude_each_other() -> None:
    words = ("--rule", "publicity", "--received", "2026-03-02", "--from", "2026-03-02", "--variant", "provincial")
    result = run(*words, "--length", "10")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--variant 和 --length 只能写一个" in result.stderr


def test_without_a_database_one_sentence_says_so() -> None:
    def missing() -> Calendar:
        raise OperationalError("SELECT", {}, Exception("no such table: calendar_day"))

    app = Flask("desk")
    app.cli.add_command(deadline_commands(missing))
    result = app.test_cli_runner().invoke(args=["deadlines", "compute", *THE_ANSWER])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert "flask db upgrade" in result.stderr


def test_a_length_that_was_granted_is_counted_in_where_the_law_names_none() -> None:
    words = ("--rule", "TL12", "--received", "2026-03-02", "--from", "2026-03-02")
    usual, longer = (json.loads(run(*words, *more, "--json").stdout)["due"] for more in ((), ("--granted", "30")))
    assert (date.fromisoformat(longer) - date.fromisoformat(usual)).days >= 28
    assert run(*words, "--granted", "30", "--extend", "1").exit_code == 2
    assert run(*words, "--granted", "0").exit_code == 2


def test_an_answer_is_extended_by_what_the_panel_granted() -> None:
    refused = run(*THE_ANSWER, "--extend", "1")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "合议组" in refused.stderr and "--granted" in refused.stderr
    longer = json.loads(run(*THE_ANSWER, "--granted", "10", "--json").stdout)
    assert longer["due"] == "2026-10-26"  # the 24th is a Saturday
    assert run(*THE_ANSWER, "--granted", "10", "--granted", "5").exit_code == 2


def test_a_length_that_the_office_sets_is_not_told_as_the_law_s() -> None:
    words = ("--rule", "TL02", "--received", "2026-03-02", "--from", "2026-03-02")
    assert "日数由本局指定" in run(*words).stdout
    assert "日数由本局指定" not in run(*words, "--length", "15").stdout
