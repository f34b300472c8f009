"""What may be written: an allow-list over Python's syntax tree, bounded in length and depth."""

from __future__ import annotations

import ast
import warnings

LENGTH = 600
DEPTH = 28
NODES = 160
LARGEST = 1e9

_ADMITTED: tuple[type[ast.AST], ...] = (
    ast.Constant,
    ast.Name,
    ast.UnaryOp,
    ast.BinOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.Subscript,
    ast.Attribute,
    ast.Tuple,
    ast.List,
)
_OPERATORS: tuple[type[ast.AST], ...] = (
    ast.Not,
    ast.USub,
    ast.UAdd,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.And,
    ast.Or,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.Load,
)
_ADVICE = {
    "Pow": "write a product instead of a power",
    "Mod": "the remainder is not part of the language",
    "FloorDiv": "use round(a / b)",
    "Is": "use ==",
    "Lambda": "functions cannot be defined",
    "ListComp": "loops are not part of the language; see sum_of, min_of, max_of",
    "GeneratorExp": "loops are not part of the language; see sum_of, min_of, max_of",
    "JoinedStr": "texts belong into dispatches",
    "NamedExpr": "nothing can be assigned; use ==",
}


class ExpressionError(Exception):
    """An expression that is refused, with the position of the offending part."""

    def __init__(self, message: str, suggestion: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.suggestion, self.offset = message, suggestion, offset


def parse(source: str) -> ast.expr:
    """The syntax tree of an expression, or ExpressionError. Never runs anything."""
    if len(source) > LENGTH:
        raise ExpressionError(
            f"an expression may have at most {LENGTH} characters, this has {len(source)}",
            "split it over two rules or a fact",
        )
    text = source.strip()
    if not text:
        raise ExpressionError("the expression is empty", 'write "true" for always')
    lead = len(source) - len(source.lstrip())
    flat = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(flat, mode="eval").body
    except SyntaxError as error:
        raise ExpressionError(
            f"not an expression: {error.msg}", _hint(flat), lead + max((error.offset or 1) - 1, 0)
        ) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("not an expression that can be read", "", lead) from None
    _admit(tree, lead)
    return tree


def _hint(text: str) -> str:
    if "&&" in text or "||" in text:
        return "write “and”, “or”"
    if "=" in text and not any(sign in text for sign in ("==", ">=", "<=", "!=")):
        return "compare with =="
    return ""


def _admit(tree: ast.expr, lead: int) -> None:
    """Refuse every node that is not admitted, too many of them, and too deep ones."""
    count = 0
    stack: list[tuple[ast.AST, int, int]] = [(tree, 1, lead)]
    while stack:
        node, depth, offset = stack.pop()
        offset = lead + getattr(node, "col_offset", offset - lead)
        if isinstance(node, _OPERATORS):
            continue
        if not isinstance(node, _ADMITTED):
            name = type(node).__name__
            raise ExpressionError(
                f"“{name}” is not part of the expression language", _ADVICE.get(name, ""), offset
            )
        count += 1
        if count > NODES or depth > DEPTH:
            raise ExpressionError(
                "the expression is too large or too deeply nested",
                "split it over two rules or a fact",
                offset,
            )
        _admit_parts(node, offset)
        stack.extend((child, depth + 1, offset) for child in ast.iter_child_nodes(node))


def _admit_parts(node: ast.AST, offset: int) -> None:
    """Refuse the forms of an admitted node that the language does not have."""
    if isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, bool):
            raise ExpressionError("write true and false in lower case", "", offset)
        if isinstance(value, str):
            raise ExpressionError(
                "texts are not quoted in expressions", f"write the bare name: {value}", offset
            )
        if not isinstance(value, int | float):
            raise ExpressionError("only numbers can be written out", "", offset)
        if not abs(value) <= LARGEST:
            raise ExpressionError(f"a number may be at most {LARGEST:,.0f}", "", offset)
    elif isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name):
            raise ExpressionError("only named functions can be called", "", offset)
        if node.keywords or any(isinstance(part, ast.Starred) for part in node.args):
            raise ExpressionError("functions take plain arguments in order", "", offset)
    elif isinstance(node, ast.Subscript):
        if not isinstance(node.value, ast.Name):
            raise ExpressionError("only a track or a fact can have [...]", "", offset)
    elif isinstance(node, ast.Attribute):
        base = node.value
        if not isinstance(base, ast.Name) or base.id not in ("member", "draft"):
            raise ExpressionError(
                "only “member.” and “draft.” have attributes",
                "write track[GOV] for a track",
                offset,
            )
