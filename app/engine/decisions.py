"""Decision tables (DMN): rows of cells over process data, hit policies UNIQUE, FIRST and COLLECT."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from app.engine.data import Data, Value, checked
from app.engine.expressions import BadExpression, Expression, compiled

INPUT = "input_value"
# A question mark stands for the input, except between quotes.
_MARK = re.compile(r"\"[^\"]*\"|'[^']*'|(\?)")
_TOTALS: Mapping[str, Callable[[list[int]], int]] = {"SUM": sum, "COUNT": len, "MIN": min, "MAX": max}


class NoDecision(Exception):
    """The table gives no answer, or more than one; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One condition of a row. ``test`` is asked by itself, ``value`` is compared with the input; neither: any input will do."""

    test: Expression | None = None
    value: Expression | None = None

    def holds(self, given: Expression, data: Data) -> bool:
        """Say whether the cell lets the input through."""
        if self.test is not None:
            names = {**data, INPUT: given.value(data)} if INPUT in self.test.names else data
            return self.test.holds(names)
        if self.value is None:
            return True
        want, got = self.value.value(data), given.value(data)
        if isinstance(want, list | tuple):
            return got in want
        return got == want and isinstance(got, bool) == isinstance(want, bool)


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of the table: all cells must hold, then the outputs are given."""

    id: str
    number: int
    cells: tuple[Cell, ...]
    outputs: tuple[Expression | None, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision by its id: inputs (expressions), outputs (names), rows."""

    id: str
    name: str
    policy: str
    total: str
    inputs: tuple[Expression, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def reads(self) -> frozenset[str]:
        """Return the names of process data the table reads."""
        cells = [e for r in self.rows for c in r.cells for e in (c.test, c.value) if e is not None]
        given = [e for r in self.rows for e in r.outputs if e is not None]
        return frozenset(n for e in (*self.inputs, *cells, *given) for n in e.names) - {INPUT}

    def decide(self, data: Data) -> dict[str, Value]:
        """Return the outputs for ``data``. Raises ``NoDecision``, or what a cell raises."""
        hits = list(self._hits(data))
        if self.policy == "COLLECT":
            return {name: self._collected([h[i] for h in hits]) for i, name in enumerate(self.outputs)}
        if not hits:
            raise NoDecision(f"决策表“{self.name}”没有一行符合")
        if self.policy == "UNIQUE" and len(hits) > 1:
            raise NoDecision(f"决策表“{self.name}”有 {len(hits)} 行同时符合，应当只有一行")
        return dict(zip(self.outputs, hits[0], strict=True))

    def _hits(self, data: Data) -> Iterator[tuple[Value, ...]]:
        for row in self.rows:
            if all(cell.holds(given, data) for cell, given in zip(row.cells, self.inputs, strict=True)):
                raw = {name: e.value(data) if e else None for name, e in zip(self.outputs, row.outputs, strict=True)}
                yield tuple(checked(raw).values())
                if self.policy == "FIRST":
                    return

    def _collected(self, values: list[Value]) -> Value:
        if self.total:
            numbers = [v for v in values if isinstance(v, int)]
            return _TOTALS[self.total](numbers) if numbers or self.total in ("SUM", "COUNT") else None
        return " ".join(str(v) for v in values)


def read_decisions(root: etree._Element) -> list[DecisionTable]:
    """Return the decisions of a DMN file. Raises ``BadExpression`` with the row, or ``NoDecision`` for what is not a table we know."""
    return [_decision(d) for d in root.iter("{*}decision")]


def _decision(decision: etree._Element) -> DecisionTable:
    table = decision.find("{*}decisionTable")
    name = decision.get("name") or decision.get("id") or ""
    if table is None:
        raise NoDecision(f"决策“{name}”里没有决策表")
    policy, total = table.get("hitPolicy", "UNIQUE").upper(), table.get("aggregation", "").upper()
    if policy not in ("UNIQUE", "FIRST", "COLLECT") or (total and total not in _TOTALS):
        raise NoDecision(f"决策表“{name}”的命中方式 {policy} {total} 不支持")
    inputs = [_text(i.find("{*}inputExpression")) for i in table.findall("{*}input")]
    outputs = tuple(o.get("name", "") for o in table.findall("{*}output"))
    if not outputs or not all(outputs) or not all(inputs):
        raise NoDecision(f"决策表“{name}”的每一列都要有名称，每个输入都要有表达式")
    given = tuple(compiled(text) for text in inputs)
    rows = tuple(_row(name, n, r, given, len(outputs)) for n, r in enumerate(table.findall("{*}rule"), start=1))
    return DecisionTable(decision.get("id") or "", name, policy, total, given, outputs, rows)


def _row(name: str, number: int, rule: etree._Element, given: tuple[Expression, ...], width: int) -> Row:
    cells, outputs = rule.findall("{*}inputEntry"), rule.findall("{*}outputEntry")
    if len(cells) != len(given) or len(outputs) != width:
        raise NoDecision(f"决策表“{name}”第 {number} 行的格数与列数不符")
    try:
        return Row(
            rule.get("id", ""),
            number,
            tuple(_cell(_text(c), i) for c, i in zip(cells, given, strict=True)),
            tuple(compiled(t) if (t := _text(o)) else None for o in outputs),
        )
    except BadExpression as bad:
        raise BadExpression(f"决策表“{name}”第 {number} 行：{bad}") from None


def _cell(text: str, given: Expression) -> Cell:
    if text in ("", "-"):
        return Cell()
    marked = _MARK.sub(lambda m: INPUT if m[1] else m[0], text)
    if marked != text:
        return Cell(test=compiled(marked))
    try:
        alone = compiled(text)
    except BadExpression:
        return Cell(test=_operator(text))  # "< 5", "in [...]"
    # A cell that speaks of its own input by name is a whole condition, not a value to compare with.
    return Cell(test=alone) if given.text in alone.names else Cell(value=alone)


def _operator(text: str) -> Expression:
    try:
        return compiled(f"{INPUT} {text}")
    except BadExpression:
        raise BadExpression(f"看不懂“{text}”") from None


def _text(element: etree._Element | None) -> str:
    found = element.find("{*}text") if element is not None else None
    return (found.text or "").strip() if found is not None else ""
