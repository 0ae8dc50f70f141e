"""Every pose there is."""

from __future__ import annotations

from tests.shots import cards, desk, figures, issues, pages, planning, shell, sync, together
from tests.shots.stage import Pose

POSES: list[Pose] = [
    *cards.POSES,
    *desk.POSES,
    *figures.POSES,
    *issues.POSES,
    *pages.POSES,
    *planning.POSES,
    *shell.POSES,
    *sync.POSES,
    *together.POSES,
]
