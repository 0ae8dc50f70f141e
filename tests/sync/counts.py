"""How often each rule ran and each fault struck, so that a drill can say what it has tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from hypothesis import stateful

RULES: Counter[str] = Counter()
FAULTS: Counter[str] = Counter()
OUTCOMES: Counter[str] = Counter()
CHANGES: Counter[str] = Counter()


def rule(**strategies: Any) -> Callable[[Callable[..., None]], Any]:
    """Hypothesis's ``rule``, counted."""

    def decorate(act: Callable[..., None]) -> Any:
        @wraps(act)
        def counted(self: Any, **drawn: Any) -> None:
            RULES[act.__name__] += 1
            self.touched = drawn.get("pc", self.touched)
            act(self, **drawn)

        return stateful.rule(**strategies)(counted)

    return decorate
