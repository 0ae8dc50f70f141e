"""Take a bundle in from a USB stick and write the answer: the same acts as over the network."""

from __future__ import annotations

from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from msgspec import structs

from central.answers import told
from central.blobs import Attachments
from central.config import Settings
from central.database import Database
from central.hello import hello, last_mid
from central.keys import CentreKeys
from central.pull import RawPage, pull, snapshot
from central.push import push
from central.refused import Refused
from db.bundle import (
    CENTRE,
    LIMIT,
    BadBundle,
    BundleAnswer,
    BundleOut,
    BundlePage,
    open_letter,
    read_letter,
    seal,
    sender_device,
)
from db.wire import Cursor, Hello, HelloAnswer, Problem, PullAnswer, PushAnswer, encode

#: Bytes of attachments in one answer; the station fetches the others over the network one day.
MOST_PICTURES = 256 << 20


class Desk:
    """Where bundles are handed in."""

    def __init__(
        self, database: Database, settings: Settings, keys: CentreKeys, attachments: Attachments
    ) -> None:
        self._database = database
        self._settings = settings
        self._keys = keys
        self._attachments = attachments

    def take_in(
        self, file: bytes, *, station: UUID | None = None, limit: int = LIMIT
    ) -> tuple[UUID, bytes]:
        """Apply a bundle; returns whose it was and the answer, which only that PC can open.

        Handing one in twice is harmless. With ``station`` only bundles of that station are taken;
        ``limit`` is how large it may be once opened. Raises BadBundle, Refused as ``hello`` does.
        """
        letter = open_letter(file, self._keys.seal, CENTRE, limit)
        device = sender_device(letter)
        sign_key, seal_key, home = self._who(device)
        message = read_letter(letter, Ed25519PublicKey.from_public_bytes(sign_key), BundleOut)
        if station is not None and station != home:
            raise Refused(Problem.SCOPE)
        answer = self._apply(device, message)
        return device, seal(
            answer,
            key=self._keys.sign,
            sender=CENTRE,
            recipient=device.hex,
            recipient_key=X25519PublicKey.from_public_bytes(seal_key),
        )

    def _apply(self, device: UUID, message: BundleOut) -> BundleAnswer:
        greeting = hello(self._database, self._settings, device, self._words(device, message))
        answers: list[PushAnswer] = []
        refusal = ""
        if greeting.incarnation == message.hello.incarnation:
            try:
                answers.extend(push(self._database, device, one) for one in message.pushes)
            except Refused as refused:
                refusal = refused.refusal.problem.value
            for name, body in message.blobs.items():
                self._attachment(device, name, body)
        pages = self._pages(device, greeting, message.hello.cursors)
        pictures = self._pictures(device, pages)
        about = [made.uuid for one in message.pushes[: len(answers)] for made in one.mutations]
        return BundleAnswer(greeting, answers, pages, pictures, refusal, about)

    def _words(self, device: UUID, message: BundleOut) -> Hello:
        """What the stick says of the PC, as far as it is news.

        A PC whose highest mid is below what it once handed in was restored: it gets a new life and
        a new letter. But a stick may merely be late, and then everything in it was taken in before.
        """
        words = message.hello
        sent = [one for part in message.pushes for one in part.mutations]
        with self._database.entered(device) as (connection, _):
            last = last_mid(connection, device, words.incarnation)
            try:
                late = words.next_mid <= last and not words.renew
                if late:
                    told(connection, device, words.incarnation, sent)
            except Refused:
                late = False
        return structs.replace(words, next_mid=last + 1) if late else words

    def _attachment(self, device: UUID, name: str, body: bytes) -> None:
        part = self._settings.blob_part
        at = self._attachments.head(device, name).stored
        while at < len(body):
            done = self._attachments.put(device, name, at, len(body), body[at : at + part])
            if done.stored <= at:
                return
            at = done.stored

    def _pages(
        self, device: UUID, greeting: HelloAnswer, cursors: dict[str, Cursor]
    ) -> list[BundlePage]:
        pages: list[BundlePage] = []
        for stream_id, head in greeting.streams.items():
            cursor = cursors.get(stream_id)
            since = cursor.rev if cursor and cursor.epoch == head.epoch else None
            usable = since is not None and head.floor <= since <= head.head
            fresh = greeting.pull_allowed and (not usable or since != head.head)
            if fresh:
                pages += self._stream(device, stream_id, head.epoch, since if usable else None)
        return pages

    def _stream(
        self, device: UUID, stream_id: str, epoch: UUID, since: int | None
    ) -> list[BundlePage]:
        pages: list[BundlePage] = []
        at, place, limit = 0, since or 0, self._settings.policy.page
        while True:
            if since is None:
                page = snapshot(self._database, device, stream_id, epoch, place, at, limit)
                at = at or page.head
            else:
                page = pull(self._database, device, stream_id, epoch, place, limit)
            pages.append(BundlePage(_read(page), since is None))
            place = page.next
            if not page.more:
                return pages

    def _pictures(self, device: UUID, pages: list[BundlePage]) -> dict[str, bytes]:
        """The attachments that other PCs' rows name, as many as fit in one file."""
        found: dict[str, bytes] = {}
        size = 0
        for row in (row for one in pages for row in one.page.rows):
            name = (row.body or {}).get("sha256")
            if row.device == device or not isinstance(name, str) or name in found:
                continue
            whole = self._attachments.whole(device, name, MOST_PICTURES - size)
            if whole:
                found[name] = whole
                size += len(whole)
        return found

    def _who(self, device: UUID) -> tuple[bytes, bytes, UUID]:
        with self._database.entered(device) as (connection, caller):
            row = connection.execute(
                "SELECT public_key, seal_key FROM device WHERE device_id = %s", [device]
            ).fetchone()
        if row is None:
            raise BadBundle("from nobody")
        return bytes(row[0]), bytes(row[1]), caller.station


def _read(page: RawPage) -> PullAnswer:
    return msgspec.json.decode(encode(page), type=PullAnswer)
