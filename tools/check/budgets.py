"""Sizes: what one person can hold in mind at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.check.source import Fault, python_files, shown, templates, text_of

FILE_LINES = 300
FUNCTION_LINES = 40
NESTING = 3
POSITIONAL = 4
TEMPLATE_LINES = 100

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def budgets() -> Iterator[Fault]:
    """A file or function grows past what a reviewer reads with care, and a hole hides in it."""
    for path in python_files():
        if "versions" not in path.parts:  # a migration is written once, by a tool, and read once
            yield from python_budgets(path, text_of(path))
    for path in templates():
        lines = len(text_of(path).splitlines())
        if lines > TEMPLATE_LINES:
            yield Fault(shown(path), 0, f"{lines} lines; a template has at most {TEMPLATE_LINES}")


def python_budgets(path: Path, source: str) -> Iterator[Fault]:
    """The faults of one Python source."""
    lines = len(source.splitlines())
    if lines > FILE_LINES:
        yield Fault(shown(path), 0, f"{lines} lines; a file has at most {FILE_LINES}: split it by noun")
    is_test = "tests" in path.parts or path.name == "conftest.py"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            faults = [long(node), deep(node), "" if is_test else wide(node)]
            yield from (Fault(shown(path), node.lineno, f"{node.name}(): {what}") for what in faults if what)


def long(function: Function) -> str:
    """Too many lines?"""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    return f"{lines} lines; a function has at most {FUNCTION_LINES}" if lines > FUNCTION_LINES else ""


def deep(function: Function) -> str:
    """Nested too deeply?"""
    depth = max((nesting(statement) for statement in function.body), default=0)
    return f"nested {depth} deep; at most {NESTING}" if depth > NESTING else ""


def nesting(node: ast.AST) -> int:
    """How many blocks stand inside one another. ``elif`` stands beside its ``if``."""
    if isinstance(node, (*BLOCKS, ast.match_case, ast.ExceptHandler)):
        own = isinstance(node, BLOCKS)
        return own + max(
            (nesting(child) - is_elif(node, child) for child in ast.iter_child_nodes(node)), default=0
        )
    return 0


def is_elif(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def wide(function: Function) -> str:
    """Too many arguments by position?"""
    named = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    count = len([name for name in named if name not in {"self", "cls"}])
    return (
        f"{count} positional arguments; at most {POSITIONAL}, the rest by name" if count > POSITIONAL else ""
    )
