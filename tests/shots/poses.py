"""Every pose there is."""

from __future__ import annotations

from tests.shots import desk, issues, pages, shell, sync
from tests.shots.stage import Pose

POSES: list[Pose] = [*desk.POSES, *issues.POSES, *pages.POSES, *shell.POSES, *sync.POSES]
