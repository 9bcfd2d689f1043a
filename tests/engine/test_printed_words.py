"""What answers say is reviewed: labels, ways, authorities, warnings and findings stand in tests/words."""

import pytest

from planning.compute.registry import RULES
from tools.printed_words import WORDS, words_of_rule

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_was_reviewed(rule):
    assert (WORDS / f"{rule}.txt").read_text(encoding="utf-8").splitlines() == words_of_rule(rule).splitlines()
