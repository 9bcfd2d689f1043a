"""Every law rule is in the register, is held by code that exists, and changes an answer when it is switched off."""

import json
import pkgutil
import re
from importlib import import_module

import pytest

import tests.switches
from planning.compute.registry import RULES, compute
from planning.engine.register import REGISTER
from tests import ROOT, SCENARIOS
from tests.engine.test_scenarios import cases_of, with_nulls
from tests.switches.turning import found_at, switched_off
from tools.law_coverage import PAGE, page

pytestmark = pytest.mark.pure

SWITCHES = [
    switch
    for module in pkgutil.iter_modules(tests.switches.__path__)
    for switch in getattr(import_module(f"tests.switches.{module.name}"), "SWITCHES", ())
]
# The ids as the law files of the steering folder hold them; compared with the files where they are at hand.
RULE_IDS = set((ROOT / "tests" / "switches" / "rule_ids.txt").read_text(encoding="utf-8").split())
LAW_FILES = ROOT.parent / "shared" / "law"
OUT_OF_SCOPE = {"EST-83", "GFT-35", "EST-86", "GFT-47", "CIT-11", "CIT-13"}


def answer(switch):
    """Return what the public door says to the switch's case."""
    file, case_id = switch.case
    [case] = [case for case in cases_of(file) if case["id"] == case_id]
    assert file in RULES, f"{SCENARIOS / file} is not the file of a rule"
    printed = compute(file, json.loads(json.dumps(with_nulls(case["given"]), default=str)))
    return {name: printed[name] for name in ("status", "result", "findings", "warnings", "missing")}


def test_the_register_holds_every_rule_id_of_the_law_files():
    assert sorted(RULE_IDS) == sorted(REGISTER)


@pytest.mark.skipif(not LAW_FILES.is_dir(), reason="the law files lie beside the checkout only where we work")
def test_the_rule_ids_are_those_of_the_law_files():
    files = [*sorted(LAW_FILES.glob("*.md")), LAW_FILES / "treaties.json"]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    found = set(re.findall(r"\b(?:EST|GFT|BAS|CIT|TRY|STA)-\d{2}a?\b", text))

    # EST-77 and EST-60C and the like name parts and ranges of others; EST-90 on are conventions.
    assert RULE_IDS == {rule for rule in found if rule != "EST-77" and not re.fullmatch(r"EST-9\d", rule)}


@pytest.mark.parametrize("rule", sorted(REGISTER))
def test_every_entry_names_code_that_exists(rule):
    entry = REGISTER[rule]

    assert rule == entry.id
    assert entry.title
    assert entry.citations
    assert entry.verification == "verified" or entry.note
    assert found_at(entry.where)


def test_only_what_the_issue_allows_is_out_of_scope():
    assert set() == {rule for rule, entry in REGISTER.items() if entry.kind == "out_of_scope"} - OUT_OF_SCOPE


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch.rule)
def test_an_answer_changes_when_the_rule_is_switched_off(switch):
    with_rule = answer(switch)

    with switched_off(switch.off):
        without = answer(switch)

    assert with_rule != without
    assert with_rule == answer(switch)


def test_the_page_of_the_law_held_is_not_stale():
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_rule_has_a_switch():
    assert sorted(REGISTER) == sorted({switch.rule for switch in SWITCHES})
