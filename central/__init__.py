"""The centre: the gateway that stations hand in to, and its administrator's command line."""

from __future__ import annotations

__version__ = "1.0.0"
