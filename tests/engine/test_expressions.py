"""Conditions and cells are a small safe language over process data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from app.engine.decisions import NoDecision, read_decisions
from app.engine.expressions import BadExpression, EmptyName, compiled
from tests.engine.drawn import table


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("n > 2 and not closed", {"n": 3, "closed": False}),
        ("kind in ['a', 'b']", {"kind": "b"}),
        ("kind not in ('a', 'b')", {"kind": "c"}),
        ("1 < n <= 5", {"n": 5}),
        ("n + 1 == 2 * m - 1", {"n": 2, "m": 2}),
        ("len(word) == 2", {"word": "文字"}),
        ("'photo' in words(given)", {"given": "letter photo"}),
        ("open == true", {"open": True}),
        ("day >= '2026-03-02'", {"day": "2026-03-10"}),
        ("(a if pick else b) == 1", {"pick": True, "a": 1, "b": 2}),
    ],
)
def test_what_a_condition_may_say(text, data):
    assert compiled(text).holds(data) is True


@pytest.mark.parametrize(
    "text",
    [
        "a.b == 1",
        "a[0] == 1",
        "open('x')",
        "__import__('os')",
        "list(a)",
        "words(text=a)",
        "[x for x in a]",
        "lambda: 1",
        "f'{a}' == 'b'",
        "a ** 9 > 1",
        "a / 2 > 1",
        "1.5 < a",
        "b'x' == a",
        "(a := 1)",
        "{'a': 1}",
        "a = 1",
        "",
        "a ==",
    ],
)
def test_what_a_condition_may_not_say(text):
    with pytest.raises(BadExpression):
        compiled(text)


def test_a_condition_knows_the_names_it_reads():
    assert compiled("a == 1 and len(b) > c and true").names == {"a", "b", "c"}


def test_a_name_without_a_value_is_refused_even_where_python_would_compare_it():
    for data in ({}, {"a": None}, {"a": ""}):
        with pytest.raises(EmptyName, match="“a”还没有填写"):
            compiled("a != 1").holds(data)
    assert compiled("b or a").holds({"b": True})  # what is not read need not be there


def test_no_and_nought_are_values():
    assert compiled("a == False and b == 0").holds({"a": False, "b": 0})


def test_threads_do_not_see_each_others_data():
    def ask(n: int) -> bool:
        return all(compiled("n == m").holds({"n": n, "m": n}) for _ in range(50))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(ask, range(8)))


# -- decision tables ---------------------------------------------------------------------------------------------------


def decide(rows, data, policy="FIRST", inputs=("x",), outputs=("y",), **attributes):
    (found,) = read_decisions(etree.fromstring(table(list(inputs), list(outputs), rows, policy, **attributes)))
    return found.decide(data)


@pytest.mark.parametrize(
    ("cell", "x", "holds"),
    [
        ("", 1, True),
        ("-", 1, True),
        ("3", 3, True),
        ("3", 4, False),
        ("1", True, False),
        ("true", True, True),
        ('"a"', "a", True),
        ('"a","b"', "b", True),
        ('["a","b"]', "c", False),
        ("< 5", 4, True),
        ('not in ["a"]', "a", False),
        ("2 < ? <= 5", 5, True),
        ('? == "?"', "?", True),
        ('x in ["a"]', "a", True),
        ("x == False", False, True),
        ("x == True", False, False),
        ("limit", 7, True),
    ],
)
def test_a_cell_compares_with_its_input_or_is_a_condition_by_itself(cell, x, holds):
    assert (decide([[cell, '"yes"'], ["", '"no"']], {"x": x, "limit": 7})["y"] == "yes") is holds


def test_the_first_row_that_holds_wins():
    assert decide([["> 1", "1"], ["> 0", "2"]], {"x": 5}) == {"y": 1}


def test_a_unique_table_refuses_two_answers():
    rows = [["> 1", "1"], ["> 3", "2"]]
    assert decide(rows, {"x": 2}, "UNIQUE") == {"y": 1}
    with pytest.raises(NoDecision, match="2 行同时符合"):
        decide(rows, {"x": 5}, "UNIQUE")


@pytest.mark.parametrize(("total", "y"), [("SUM", 6), ("COUNT", 2), ("MIN", 2), ("MAX", 4)])
def test_collect_gathers_all_rows(total, y):
    rows = [["> 1", "2"], ["> 3", "4"], ["> 9", "8"]]
    assert decide(rows, {"x": 5}, "COLLECT", aggregation=total) == {"y": y}


def test_collect_without_a_total_gives_words():
    rows = [["> 1", '"photo"'], ["> 3", '"letter"']]
    assert decide(rows, {"x": 5}, "COLLECT") == {"y": "photo letter"}
    assert decide(rows, {"x": 0}, "COLLECT") == {"y": ""}


def test_an_empty_output_is_no_value():
    assert decide([["", ""]], {"x": 1}) == {"y": None}


@pytest.mark.parametrize("policy", ["ANY", "PRIORITY", "RULE ORDER"])
def test_other_hit_policies_are_refused(policy):
    with pytest.raises(NoDecision, match="不支持"):
        decide([], {}, policy)


def test_a_bad_cell_is_refused_with_its_row():
    with pytest.raises(BadExpression, match="第 2 行"):
        decide([["1", "1"], ["a.b", "1"]], {})


def test_a_table_knows_what_it_reads():
    rows = [["? > least", "more"], ["", "1"]]
    (found,) = read_decisions(etree.fromstring(table(["x"], ["y"], rows)))
    assert found.reads == {"x", "least", "more"}
