"""Every rule that can decide on a block is in the catalogue, so that it can be read about, and switched off before it ever fired."""

from __future__ import annotations

import ast
import importlib
from collections import Counter
from pathlib import Path

import pytest

from tasks.text.catalogue import CODED, catalogue
from tasks.text.rules import builtin_rules

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "tasks" / "text").rglob("*.py"))
PLACE_OF_RULE = {"remove": 1, "keep": 1, "move": 3}  # among the arguments of a worksheet's methods; the reason comes after it


def decisions():
    """(module, rule, reason) of every call that decides on a block, as expressions."""
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            place = PLACE_OF_RULE.get(call.func.attr)
            if place and ast.unparse(call.func.value) == "work" and len(call.args) > place + 1:
                yield path, tree, call.args[place], call.args[place + 1]


def values(path: Path, tree: ast.Module, node: ast.expr) -> set[str]:
    """The texts that an expression may be: literals, any side of a choice, and what its name is given in its module or imports."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.IfExp | ast.BoolOp):
        sides = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
        return set().union(*(values(path, tree, each) for each in sides))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        made = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name == node.func.id]
        returned = [each.value for one in made for each in ast.walk(one) if isinstance(each, ast.Return) and each.value]
        return set().union(*(values(path, tree, each) for each in returned))
    if isinstance(node, ast.Name) and node.id.isupper():
        return {getattr(importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts)), node.id)}
    if isinstance(node, ast.Name):
        given = [each.value for each in ast.walk(tree) if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == node.id]
        return set().union(*(values(path, tree, each) for each in given))
    return set()


def test_every_rule_that_is_code_is_in_the_catalogue_and_every_one_there_is_code():
    coded = set().union(*(values(path, tree, rule) for path, tree, rule, _ in decisions()))

    assert {"link-list", "outside-article", "repeat-near", "rescued-item", "byline"} <= coded
    assert coded == {rule.rule_id for rule in CODED}


def test_the_ledger_and_the_catalogue_give_the_same_reason():
    found = [(values(path, tree, rule), values(path, tree, reason)) for path, tree, rule, reason in decisions()]
    said = [(rule_ids.pop(), reasons.pop()) for rule_ids, reasons in found if len(rule_ids) == len(reasons) == 1]

    assert len(said) >= 10
    assert [(rule_id, catalogue()[rule_id].reason) for rule_id, _ in said] == said


def test_wording_roles_and_code_share_no_id():
    rules = builtin_rules()
    ids = Counter(each.rule_id for each in (*CODED, *(one.rule for one in rules.phrases), *(one.rule for one in rules.roles.values())))

    assert ids == Counter(catalogue().keys())
    assert not [rule_id for rule_id in ids if rule_id.startswith("learned-")]


@pytest.mark.parametrize("rule", CODED, ids=lambda rule: rule.rule_id)
def test_a_rule_says_what_it_does_with_an_example(rule):
    assert rule.version >= 1
    assert rule.reason
    assert rule.example
