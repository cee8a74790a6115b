"""A decision table as a sheet: its cells as they are written, read from DMN and written as DMN again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from app.engine import decisions
from app.engine.data import Value, checked
from app.engine.errors import DataRefused
from app.engine.expressions import BadExpression, EmptyName, compiled

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


class BadSheet(ValueError):
    """The text is no decision table that can be read; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id or name in expressions, the words above it, and the type of its cells (``string``, ``number``)."""

    name: str
    label: str
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the conditions as they are written, the outputs as values, and what the author remarks."""

    id: str
    conditions: tuple[str, ...]
    outputs: tuple[Value, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole decision."""

    id: str
    name: str
    namespace: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    lines: tuple[Line, ...]


def read(data: bytes) -> Sheet:
    """Return the one decision of a DMN file. Raises ``BadSheet`` where it is none, or an output is no plain value."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        [table] = decisions.read_decisions(root)
        [decision] = root.iter("{*}decision")
    except (etree.XMLSyntaxError, decisions.NoDecision, BadExpression, ValueError) as error:
        raise BadSheet(f"决策表无法读取：{error}") from error
    return Sheet(
        id=table.id,
        name=table.name,
        namespace=root.get("namespace") or "",
        inputs=tuple(_input(column) for column in decision.findall("{*}decisionTable/{*}input")),
        outputs=tuple(_output(column) for column in decision.findall("{*}decisionTable/{*}output")),
        lines=tuple(_line(rule) for rule in decision.findall("{*}decisionTable/{*}rule")),
    )


def write(sheet: Sheet) -> bytes:
    """Return the sheet as a DMN file, one row of the table a line, as a person would want to compare them."""
    key, name, space = _safe(sheet.id), _safe(sheet.name), _safe(sheet.namespace)
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<definitions xmlns="{DMN}" id="{key}_definitions" name="{name}" namespace="{space}">',
        f'  <decision id="{key}" name="{name}">',
        f'    <decisionTable id="{key}_table" hitPolicy="UNIQUE">',
        *(_input_written(column) for column in sheet.inputs),
        *(_output_written(column) for column in sheet.outputs),
    ]
    for line in sheet.lines:
        out += _written(sheet, line)
    return "\n".join([*out, "    </decisionTable>", "  </decision>", "</definitions>", ""]).encode()


def _input_written(column: Column) -> str:
    name, label, kind = _safe(column.name), _safe(column.label), _safe(column.type)
    expression = f'<inputExpression id="in_{name}_e" typeRef="{kind}"><text>{name}</text></inputExpression>'
    return f'      <input id="in_{name}" label="{label}">{expression}</input>'


def _output_written(column: Column) -> str:
    name, label, kind = _safe(column.name), _safe(column.label), _safe(column.type)
    return f'      <output id="out_{name}" label="{label}" name="{name}" typeRef="{kind}"/>'


def _written(sheet: Sheet, line: Line) -> Iterable[str]:
    yield f'      <rule id="{_safe(line.id)}"><description>{_plain(line.remark)}</description>'
    yield "        " + "".join(
        f'<inputEntry id="{_safe(line.id)}_{_safe(c.name)}"><text>{_plain(text)}</text></inputEntry>'
        for c, text in zip(sheet.inputs, line.conditions, strict=True)
    )
    yield "        " + "".join(
        f'<outputEntry id="{_safe(line.id)}_{_safe(c.name)}"><text>{_plain(_said(value))}</text></outputEntry>'
        for c, value in zip(sheet.outputs, line.outputs, strict=True)
    )
    yield "      </rule>"


def _said(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _safe(text: str) -> str:
    return _plain(text).replace('"', "&quot;")


def _input(column: etree._Element) -> Column:
    [expression] = column.findall("{*}inputExpression")
    return Column(_text(expression), column.get("label") or "", expression.get("typeRef") or "string")


def _output(column: etree._Element) -> Column:
    return Column(column.get("name") or "", column.get("label") or "", column.get("typeRef") or "string")


def _line(rule: etree._Element) -> Line:
    remark = rule.find("{*}description")
    return Line(
        id=rule.get("id") or "",
        conditions=tuple(_text(cell) for cell in rule.findall("{*}inputEntry")),
        outputs=tuple(_value(_text(cell)) for cell in rule.findall("{*}outputEntry")),
        remark=(remark.text or "") if remark is not None else "",
    )


def _value(text: str) -> Value:
    if not text:
        return None
    try:
        return checked({"cell": compiled(text).value({})})["cell"]
    except (BadExpression, EmptyName, DataRefused) as error:
        raise BadSheet(f"“{text}”不是确定的值") from error


def _text(element: etree._Element) -> str:
    found: Sequence[etree._Element] = element.findall("{*}text")
    return (found[0].text or "").strip() if found else ""
