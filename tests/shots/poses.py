"""Every pose there is."""

from __future__ import annotations

from tests.shots import desk, pages, shell, sync
from tests.shots.stage import Pose

POSES: list[Pose] = [*desk.POSES, *pages.POSES, *shell.POSES, *sync.POSES]
