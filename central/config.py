"""Where the centre's database, keys and attachments are; everything comes from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from db.wire import Policy

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bucket:
    """An S3-compatible store: ``url`` is ``https://host/bucket[/folder]``, "" for none."""

    url: str = ""
    key_id: str = ""
    secret: str = ""
    region: str = "us-east-1"


@dataclass(frozen=True, slots=True)
class Settings:
    """How one gateway process or one administrator's command runs.

    ``gateway_url`` logs in as the role that owns nothing, ``admin_url`` as one that may become
    ``liaison_admin`` (and ``liaison_owner`` for ``central init``). ``home`` holds the centre's
    keys and, by default, the attachments; all gateway processes share it. Sizes are in bytes.
    """

    gateway_url: str
    admin_url: str
    home: Path
    policy: Policy = field(default_factory=Policy)
    bucket: Bucket = field(default_factory=Bucket)
    connections: int = 8
    waiting: int = 64
    sent_limit: int = 16 * MEBIBYTE
    opened_limit: int = 64 * MEBIBYTE
    blob_limit: int = 64 * MEBIBYTE
    blob_part: int = 4 * MEBIBYTE
    quarantine_limit: int = 64 * MEBIBYTE
    oldest_schema: int = 1

    @property
    def blobs(self) -> Path:
        """The folder of the attachments, unless they lie in a bucket."""
        return self.home / "blobs"


class BadSetting(ValueError):
    """A value in the environment that is no number; its text is the name."""


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as the environment has them; see docs/administration.md. Raises BadSetting."""
    home = Path(environment.get("CENTRAL_HOME") or user_data_path("liaison-centre"))
    gateway = environment.get("CENTRAL_DATABASE_URL", "")
    default = Policy()

    def number(name: str, otherwise: float) -> float:
        try:
            return float(environment.get(name) or otherwise)
        except ValueError:
            raise BadSetting(name) from None

    return Settings(
        gateway_url=gateway,
        admin_url=environment.get("CENTRAL_ADMIN_URL") or gateway,
        home=home,
        policy=Policy(
            batch=int(number("CENTRAL_BATCH", default.batch)),
            page=int(number("CENTRAL_PAGE", default.page)),
            poll=number("CENTRAL_POLL", default.poll),
            jitter=number("CENTRAL_JITTER", default.jitter),
        ),
        bucket=Bucket(
            environment.get("CENTRAL_S3_URL", ""),
            environment.get("CENTRAL_S3_KEY_ID", ""),
            environment.get("CENTRAL_S3_SECRET", ""),
            environment.get("CENTRAL_S3_REGION") or "us-east-1",
        ),
        connections=int(number("CENTRAL_CONNECTIONS", 8)),
        waiting=int(number("CENTRAL_WAITING", 64)),
        oldest_schema=int(number("CENTRAL_OLDEST_SCHEMA", 1)),
    )
