"""What goes wrong in a random history: the network, the processes, the disks, the centre."""

from __future__ import annotations

import shutil
from contextlib import suppress
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from central.devices import revoke
from central.push import push
from central.refused import Refused as CentreRefused
from db.bundle import CENTRE, BundleAnswer, BundleOut, open_letter
from db.models import Resident
from db.wire import Problem, Push
from station_app.sync.bundle import bundle_in, bundle_out
from tests.sync.centre import STRICT
from tests.sync.counts import FAULTS, rule
from tests.sync.faults import Fault
from tests.sync.people import ANY, PCS, WHICH, WORDS, nth, resident, set_fields
from tests.sync.scene import SIZES, Scene, refused_for

#: As many ways to the centre and back as anything may take.
JOURNEYS = 4


class Misfortune(Scene):
    """Rules for exchanges, whole and broken, for restores, clones, sticks and revocations."""

    @rule(pc=ANY, sizes=SIZES)
    def sync(self, pc: str, sizes: str) -> None:
        self.exchange(pc, sizes)

    @rule(pc=ANY, sizes=SIZES)
    def sync_again(self, pc: str, sizes: str) -> None:
        self.exchange(pc, sizes)

    @rule(pc=ANY)
    def compare_digests(self, pc: str) -> None:
        """Invariant 5: only after a restore of the centre is there anything to repair."""
        if pc not in self.revoked:
            self.pcs[pc].network.inner = self.centre.way("large")
            self.nothing_to_repair(self.pcs[pc].sync(check=True))

    @rule(pc=ANY, sizes=SIZES, at=st.integers(0, 6), fault=st.sampled_from(list(Fault)),
          dies_at=st.integers(0, 9))  # fmt: skip
    def sync_badly(self, pc: str, sizes: str, at: int, fault: Fault, dies_at: int) -> None:
        if pc not in self.revoked:
            self.pcs[pc].network.inner = self.centre.way(sizes)
            self.pcs[pc].network.gateway_dies_at = dies_at
            self.pcs[pc].sync(at=at, fault=fault)

    @rule(pc=ANY, sizes=SIZES, at=st.integers(0, 6), which=WHICH, value=WORDS)
    def write_during_sync(self, pc: str, sizes: str, at: int, which: int, value: str) -> None:
        """Somebody types on while the program exchanges: before, between and after its steps."""
        if pc in self.revoked:
            return
        steps = iter(range(100))

        def step(_: str) -> None:
            if next(steps) == at:
                FAULTS["written during an exchange"] += 1
                self.pcs[pc].do(lambda tx: set_fields(tx, nth(tx, Resident, which), note=value))
                self.pcs[pc].do(lambda tx: tx.session.add(resident(value)))

        self.pcs[pc].network.inner = self.centre.way(sizes)
        self.pcs[pc].sync(step=step)

    @rule(pc=ANY, at=st.integers(0, 14))
    def killed_in_a_transaction(self, pc: str, at: int) -> None:
        if pc not in self.revoked:
            self.pcs[pc].network.inner = self.centre.way("small")
            self.pcs[pc].sync(killed_at=at)

    @rule(pc=ANY)
    def read_only_with_a_newer_program(self, pc: str) -> None:
        """The centre takes everything in, and gives nothing to a program that is too old."""
        if pc in self.revoked:
            return
        self.pcs[pc].network.inner = self.centre.way(STRICT)
        with refused_for(Problem.UPGRADE):
            self.pcs[pc].sync()
        self.queue_is_empty(pc)

    @rule(pc=PCS)
    def take_image(self, pc: str) -> None:
        self.images[pc] = self.pcs[pc].image(self.folder / f"image-{pc}")

    @precondition(lambda self: self.images)
    @rule(pc=PCS)
    def restore_image(self, pc: str) -> None:
        if pc in self.images and pc not in self.revoked:
            FAULTS["disk image restored"] += 1
            self.pcs[pc].restore(self.images[pc])

    @precondition(lambda self: "a" in self.images and "a2" not in self.pcs)
    @rule()
    def clone(self) -> None:
        if "a" not in self.revoked:
            FAULTS["disk cloned"] += 1
            shutil.copytree(self.images["a"], self.folder / "a2")
            self.pcs["a2"] = self.new_pc("a2")

    @precondition(lambda self: "a2" in self.pcs)
    @rule(name=st.sampled_from(["甲", "乙"]), sizes=SIZES)
    def clone_works_on(self, name: str, sizes: str) -> None:
        self.pcs["a2"].do(lambda tx: tx.session.add(resident(name)))
        self.exchange("a2", sizes)

    @rule()
    def centre_is_backed_up(self) -> None:
        self.backup = (self.centre.save(self.homes["a"]), self.oracle.copy())

    @precondition(lambda self: self.backup)
    @rule()
    def centre_is_restored(self) -> None:
        assert self.backup is not None
        FAULTS["centre restored"] += 1
        saved, oracle = self.backup
        self.centre.restore(self.homes["a"], saved)
        self.restored_centre = True
        self.oracles["a"] = self.ears["a"].oracle = oracle.copy()
        self.ears["c"].strangers = self.oracle.records
        self.read_floors()

    @rule()
    def revoke_b(self) -> None:
        """What waits in the PC is handed in all the same, and accepted by hand."""
        if "b" in self.revoked or self.backup:
            return
        pc = self.pcs["b"]
        FAULTS["PC revoked"] += 1
        with self.centre.administered() as connection:
            revoke(connection, pc.me.device_id)
        self.revoked.add("b")
        with refused_for(Problem.REVOKED):
            pc.sync()
        self._accept_quarantine("b")

    @precondition(lambda self: self.revoked)
    @rule()
    def join_anew(self) -> None:
        self.images.pop("b", None)
        self.stick = self.stick_answer = None  # of the device that it was
        self.pcs["b"].join(self.centre.code(self.homes["a"]))
        self.revoked.clear()

    @rule(pc=PCS)
    def write_a_stick(self, pc: str) -> None:
        if pc not in self.revoked:
            self.stick, self.stick_owner = bundle_out(self.pcs[pc].store).file, pc

    @precondition(lambda self: self.stick)
    @rule()
    def hand_the_stick_in(self) -> None:
        """Once, twice, or long after the network was faster."""
        if self.stick_owner in self.revoked or self.stick is None:
            return
        FAULTS["handed in by stick"] += 1
        with refused_for(Problem.REVOKED):
            _, self.stick_answer = self.centre.desk.take_in(self.stick)
            self.answer_for = self.stick_owner
            self.on_the_stick = self._hear_the_stick(self.stick, self.stick_answer)

    def _hear_the_stick(self, handed_in: bytes, given_back: bytes) -> set[UUID]:
        """The changes that the stick's answer is about."""
        letter = open_letter(handed_in, self.centre.gateway._centre.keys.seal, CENTRE)
        sent = msgspec.json.decode(letter.body, type=BundleOut)
        key = X25519PrivateKey.from_private_bytes(self.pcs[self.stick_owner].me.seal_key)
        back = open_letter(given_back, key, letter.sender)
        answer = msgspec.json.decode(back.body, type=BundleAnswer)
        for message, said in zip(sent.pushes, answer.answers, strict=False):
            self.ears["a"].pushed(letter.sender, message, said)
        return {one.uuid for message in sent.pushes for one in message.mutations}

    @precondition(lambda self: self.stick_answer)
    @rule()
    def read_the_answer(self) -> None:
        if self.answer_for not in self.revoked and self.stick_answer is not None:
            self.ears["a"].answered |= self.on_the_stick
            self.pcs[self.answer_for].take_stick(bundle_in, self.stick_answer)

    @rule(pc=PCS)
    def without_a_network(self, pc: str) -> None:
        """Invariant 17 for a station that has sticks and nothing else."""
        if pc in self.revoked:
            return
        for _ in range(JOURNEYS):
            self.write_a_stick(pc=pc)
            self.hand_the_stick_in()
            self.read_the_answer()
            if not self.waiting(pc):
                return
        raise AssertionError("the queue stopped (17)")

    def exchange(self, name: str, sizes: str) -> None:
        """One exchange with a working network."""
        if name not in self.revoked:
            self.pcs[name].network.inner = self.centre.way(sizes)
            self.nothing_to_repair(self.pcs[name].sync())
            self.queue_is_empty(name)

    def queue_is_empty(self, name: str) -> None:
        """Invariants 8 and 17: one exchange empties the queue, whatever was refused in it."""
        assert not self.waiting(name), "the queue stopped (8, 17)"

    def waiting(self, name: str) -> int:
        [(count,)] = self.pcs[name].rows("SELECT count(*) FROM outbox WHERE state = 'pending'")
        return int(count)

    def _accept_quarantine(self, name: str) -> None:
        device = self.pcs[name].me.device_id
        held = self.centre.sql(
            "SELECT body FROM quarantine WHERE device_id = %s ORDER BY received_at", device
        )
        for (body,) in held:
            message = msgspec.json.decode(body, type=Push)
            with suppress(CentreRefused):  # then it comes again when the PC has joined anew
                answer = push(self.centre.database, device, message, revoked_too=True)
                self.ears["a"].pushed(device.hex, message, answer)
