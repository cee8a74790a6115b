"""Conditions and decision-table cells: a small safe language over process data, not Python.

Comparisons, ``and or not in``, whole-number sums, lists, and the named functions below. There are no attributes, no
subscripts, no other calls. A name that nobody has given a value is an error and never counts as "no".
"""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Mapping
from functools import lru_cache

from simpleeval import EvalWithCompoundTypes

FUNCTIONS: Mapping[str, Callable[..., object]] = {"len": len, "words": str.split}
CONSTANTS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
ALLOWED: tuple[type[ast.AST], ...] = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub, ast.Mult,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn,
    ast.IfExp, ast.Name, ast.Load, ast.Constant, ast.List, ast.Tuple, ast.Call,
)  # fmt: skip
_local = threading.local()


class BadExpression(ValueError):
    """The text is not in the language; the message is a plain sentence."""


class EmptyName(LookupError):
    """The expression reads ``name``, to which no value has been given."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”还没有填写")
        self.name = name


class _Given:
    """Names as the evaluator reads them: an empty one is refused instead of being compared."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.data = data

    def __getitem__(self, name: str) -> object:
        value = self.data.get(name)
        if value is None or value == "":
            if name in CONSTANTS:
                return CONSTANTS[name]
            raise EmptyName(name)
        return value


class Expression:
    """A compiled expression; ``names`` are the process data it reads."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self._tree = _parse(self.text)
        called = {n.func.id for n in ast.walk(self._tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        names = {n.id for n in ast.walk(self._tree) if isinstance(n, ast.Name)}
        self.names = frozenset(names - called - set(CONSTANTS))

    def value(self, data: Mapping[str, object]) -> object:
        """Return what the expression comes to. Raises ``EmptyName`` where a name it reads has no value."""
        evaluator = _evaluator()
        evaluator.names = _Given(data)
        return evaluator.eval(self.text, previously_parsed=self._tree)

    def holds(self, data: Mapping[str, object]) -> bool:
        """Return yes or no; anything else is a ``TypeError``."""
        value = self.value(data)
        if not isinstance(value, bool):
            raise TypeError(f"“{self.text}”的结果不是“是”或“否”")
        return value


@lru_cache(maxsize=4096)
def compiled(text: str) -> Expression:
    """Return the expression for ``text``, parsed once. Raises ``BadExpression``."""
    return Expression(text)


def _evaluator() -> EvalWithCompoundTypes:
    # One for each thread: making one costs more than most evaluations, and it keeps the names it works on.
    if not hasattr(_local, "evaluator"):
        _local.evaluator = EvalWithCompoundTypes(functions=dict(FUNCTIONS))
    evaluator: EvalWithCompoundTypes = _local.evaluator
    return evaluator


def _parse(text: str) -> ast.expr:
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError):
        raise BadExpression(f"“{text}”不是条件表达式") from None
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED):
            raise BadExpression(f"“{text}”用了条件里不允许的写法（{type(node).__name__}）")
        if isinstance(node, ast.Call) and not _is_named_function(node):
            raise BadExpression(f"“{text}”调用了不允许的函数")
        if isinstance(node, ast.Constant) and not isinstance(node.value, bool | int | str | None):
            raise BadExpression(f"“{text}”里的 {node.value!r} 既不是文字、整数，也不是是/否")
    return tree


def _is_named_function(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS and not call.keywords
