"""Small bugs made out of a module's syntax tree: one changed place in each mutant."""

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
}  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A module with one bug. `name` says where and what, and stays the same while the code around it changes.

    `line` to `until`: the lines of the module that must run for it to matter; `sound`: the source without it."""

    path: str
    line: int
    until: int
    name: str
    source: str
    sound: str


def mutants(path: str, source: str, only: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """Every mutant of a module; of some functions alone if they are named."""
    seen: dict[str, int] = {}
    sound, spans = ast.unparse(ast.parse(source)), _spans(ast.parse(source))
    for function, place, before, after in _changes(ast.parse(source), only):
        tree = ast.parse(source)
        told = f"{path} {function}: `{before}` -> `{after(_at(tree, place))}`"
        seen[told] = seen.get(told, 0) + 1
        name = told if seen[told] == 1 else f"{told} (#{seen[told]})"
        wrong = ast.unparse(ast.fix_missing_locations(tree))
        yield Mutant(path=path, line=spans[place][0], until=spans[place][1], name=name, source=wrong, sound=sound)


def _changes(tree: ast.Module, only: tuple[str, ...]) -> Iterator[tuple[str, int, str, "Change"]]:
    nodes = list(ast.walk(tree))
    index = {id(node): n for n, node in enumerate(nodes)}
    for function in (n for n in nodes if isinstance(n, Function)):
        if only and function.name not in only:
            continue
        for node in _own(function):
            for change in _of(node):
                yield function.name, index[id(node)], _short(node), change


def _own(function: Function) -> Iterator[ast.AST]:
    """What is in the body of a function, docstring, functions within it and zip's `strict` apart."""
    waiting: list[ast.AST] = list(function.body)
    if waiting and isinstance(waiting[0], ast.Expr) and isinstance(waiting[0].value, ast.Constant):
        waiting.pop(0)
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Function) and not (isinstance(node, ast.keyword) and node.arg == "strict"):
            yield node
            waiting.extend(ast.iter_child_nodes(node))


class Change:
    """Changes a node in place; returns how it reads afterwards."""

    def __init__(self, what: str, nth: int = 0) -> None:
        self._what, self._nth = what, nth

    def __call__(self, node: ast.AST) -> str:
        getattr(self, f"_{self._what}")(node)
        return _short(node)

    def _compare(self, node: ast.Compare) -> None:
        node.ops[self._nth] = _COMPARED[type(node.ops[self._nth])]()

    def _reckon(self, node: ast.BinOp | ast.AugAssign) -> None:
        node.op = _RECKONED[type(node.op)]()

    def _join(self, node: ast.BoolOp) -> None:
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()

    def _constant(self, node: ast.Constant) -> None:
        node.value = not node.value if isinstance(node.value, bool) else int(str(node.value)) + 1

    def _no_not(self, node: ast.UnaryOp) -> None:
        node.op, node.operand = ast.Not(), ast.UnaryOp(op=ast.Not(), operand=node.operand)

    def _nothing(self, node: ast.Return) -> None:
        node.value = None

    def _drop(self, node: ast.Expr) -> None:
        node.value = ast.Constant(value=None)


def _of(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        yield from (Change("compare", n) for n, op in enumerate(node.ops) if type(op) in _COMPARED)
    elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in _RECKONED and not _texts(node):
        yield Change("reckon")
    elif isinstance(node, ast.BoolOp):
        yield Change("join")
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield Change("constant")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield Change("no_not")
    elif isinstance(node, ast.Return) and node.value is not None and not _falsy(node.value):
        yield Change("nothing")
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call | ast.Await) and not _told(node):
        yield Change("drop")


def _falsy(node: ast.expr) -> bool:
    """Whether returning nothing instead would hardly be another answer; False becomes True as a constant."""
    return isinstance(node, ast.Constant) and not node.value


def _told(node: ast.Expr) -> bool:
    """Whether something is only said to people, or noted for /why or in the log."""
    called = ast.unparse(node).split("(", 1)[0]
    return called.startswith("_log.") or called.endswith((".because", ".why.append", ".show", ".say"))


def _texts(node: ast.AST) -> bool:
    """Whether words are put together rather than numbers."""
    return any(isinstance(n, ast.JoinedStr) or (isinstance(n, ast.Constant) and isinstance(n.value, str))
               for n in ast.iter_child_nodes(node))  # fmt: skip


def _at(tree: ast.Module, place: int) -> ast.AST:
    return list(ast.walk(tree))[place]


def _spans(tree: ast.Module) -> list[tuple[int, int]]:
    """For each node, in ast.walk's order, from where its statement begins to where it ends itself."""
    begins: dict[int, int] = {}

    def look(node: ast.AST, line: int) -> None:
        begins[id(node)] = line
        for child in ast.iter_child_nodes(node):
            look(child, child.lineno if isinstance(child, ast.stmt) else line)

    look(tree, 0)
    return [(begins[id(node)], getattr(node, "end_lineno", None) or begins[id(node)]) for node in ast.walk(tree)]


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(deepcopy(node)).split())
    return text if len(text) <= 90 else f"{text[:87]}..."


__all__ = ["Mutant", "mutants"]
