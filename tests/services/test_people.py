"""Deputies and residents: kept, found, imported twice, listed in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from db.vocabulary import Gender, Level, Role
from station_app.domain.accounts import AccountDraft, Actor
from station_app.domain.deputies import DeputyDraft, RosterImport
from station_app.domain.lists import Listing, Mark, Page
from station_app.domain.residents import ResidentDraft, ResidentRecord
from station_app.errors import Conflict, FaultKind, NotAllowed, RuleViolation, StoreFault
from station_app.services import accounts, deputies, drafts, residents, settings
from station_app.services import station as station_services
from station_app.wiring import (
    OpenStation,
    add_member,
    open_station,
    open_with_recovery_key,
    renew_recovery_key,
    restore_member,
    retire_member,
    set_member_password,
)
from tests.services.conftest import PASSWORD, STATION

YU = DeputyDraft("于桂芳", Gender.FEMALE, "汉族", "1966-03", (Level.COUNTY,), phone="13800000001")


def test_an_import_run_twice_changes_nothing(station: OpenStation) -> None:
    roster = [YU, replace(YU, name="王㛃", phone="13800000002"), replace(YU, phone="13800000003")]
    with station.store.write(station.actor) as tx:
        first = deputies.import_deputies(tx, roster)
    with station.store.write(station.actor) as tx:
        second = deputies.import_deputies(tx, roster)
        assert tx.changes == set()
    assert first.added == ("于桂芳", "王㛃", "于桂芳")
    assert second == RosterImport((), (), 3)


def test_an_import_completes_but_never_empties(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = deputies.save_deputy(tx, replace(YU, note="只接待上午"))
        newer = replace(YU, position="社区书记", born_on="", levels=(Level.CITY, Level.COUNTY))
        done = deputies.import_deputies(tx, [newer])
        record = deputies.get_deputy(tx, known.id)
    assert done.changed == ("于桂芳",)
    assert (record.position, record.born_on, record.note) == ("社区书记", "1966-03", "只接待上午")
    assert record.levels == (Level.CITY, Level.COUNTY)


def test_a_retired_deputy_leaves_the_list_and_can_come_back(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = deputies.save_deputy(tx, YU)
        deputies.retire_deputy(tx, known.id, reason="调离")
        assert deputies.list_deputies(tx, Listing("name")).rows == ()
        gone = deputies.list_deputies(tx, Listing("name", filters={"retired": True})).rows
        assert [one.retired_reason for one in gone] == ["调离"]
        assert not deputies.restore_deputy(tx, known.id).retired


def test_deputies_are_filtered_by_level_and_text(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        deputies.save_deputy(tx, YU)
        deputies.save_deputy(tx, DeputyDraft("宋贵森", levels=(Level.CITY,)))
    with station.store.read(station.actor) as tx:
        only_city = Listing("name", filters={"level": Level.CITY})
        assert [one.name for one in deputies.list_deputies(tx, only_city).rows] == ["宋贵森"]
        by_pinyin = Listing("name", text="ygf")
        assert [one.name for one in deputies.list_deputies(tx, by_pinyin).rows] == ["于桂芳"]
        assert deputies.count_deputies(tx, by_pinyin) == 1


def test_a_photo_is_kept_inside_the_file(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = deputies.save_deputy(tx, YU)
        photo_id = deputies.set_photo(tx, known.id, b"jpeg").photo_id
        assert photo_id is not None
        assert deputies.get_photo(tx, photo_id) == b"jpeg"
        assert deputies.set_photo(tx, known.id, None).photo_id is None


@pytest.mark.parametrize("typed", ["张三", "三", "zs", "zhangsan", "zhang", "0001", "1380000"])
def test_a_resident_is_found_as_typed(station: OpenStation, typed: str) -> None:
    with station.store.write(station.actor) as tx:
        residents.save_resident(tx, ResidentDraft("张三", "13800000001"))
        residents.save_resident(tx, ResidentDraft("李建国", "13912345678"))
    with station.store.read(station.actor) as tx:
        assert [one.name for one in residents.match_residents(tx, typed)] == ["张三"]


def test_asking_for_a_phone_is_logged(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        known = residents.save_resident(tx, ResidentDraft("张三", "13800000001"))
    with station.store.write(station.actor) as tx:
        assert residents.reveal_phone(tx, known.id) == "13800000001"
    with station.store.read(station.actor) as tx:
        query = text("SELECT op, kind, fields FROM audit ORDER BY seq DESC LIMIT 1")
        assert tuple(tx.session.execute(query).one()) == ("view", "resident", "phone")


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(residents.RESIDENT_SORTS))
def test_pages_walk_the_whole_list_both_ways(
    station: OpenStation, sort: str, descending: bool
) -> None:
    with station.store.write(station.actor) as tx:
        for place in range(250):
            community = ("桃源社区", "", "五郡社区")[place % 3]
            residents.save_resident(tx, ResidentDraft(f"张{place}", community=community))
    listing = Listing(sort, descending)
    with station.store.read(station.actor) as tx:

        def walk(backwards: bool) -> list[ResidentRecord]:
            rows: list[ResidentRecord] = []
            at: Mark | None = None
            while True:
                found: Page[ResidentRecord] = residents.list_residents(
                    tx, listing, at=at, backwards=backwards
                )
                rows = [*found.rows, *rows] if backwards else [*rows, *found.rows]
                at = found.before if backwards else found.after
                if at is None:
                    return rows

        down, up = walk(False), walk(True)
        assert residents.count_residents(tx, listing) == 250
    assert down == up
    assert len({one.id for one in down}) == 250


def test_half_typed_forms_are_kept_for_who_typed_them(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        drafts.keep_draft(tx, "visit", {"name": "张"})
        drafts.keep_draft(tx, "visit", {"name": "张三"})
    other = Actor(station.actor.id.__class__(int=1), "李桂香", Role.OPERATOR)
    with station.store.read(other) as tx:
        assert drafts.kept_draft(tx, "visit") is None
    with station.store.write(station.actor) as tx:
        assert drafts.kept_draft(tx, "visit") == {"name": "张三"}
        drafts.drop_draft(tx, "visit")
        assert drafts.kept_draft(tx, "visit") is None


def test_settings_are_kept(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        assert settings.setting(tx, "theme", "light") == "light"
        settings.set_setting(tx, "theme", "dark")
        settings.set_setting(tx, "theme", {"name": "dark"})
    with station.store.read(station.actor) as tx:
        assert settings.setting(tx, "theme") == {"name": "dark"}


def test_the_station_is_changed_by_its_head_only(station: OpenStation) -> None:
    viewer = Actor(station.actor.id, "看", Role.OPERATOR)
    renamed = replace(STATION, name="桂林街道")
    with pytest.raises(NotAllowed), station.store.write(viewer) as tx:
        station_services.save_station(tx, renamed)
    with station.store.write(station.actor) as tx:
        assert station_services.save_station(tx, renamed).name == "桂林街道"
        with pytest.raises(RuleViolation) as found:
            station_services.save_station(tx, replace(STATION, name="", code="k"))
    assert set(found.value.fields) == {"name", "code"}


def test_accounts_come_and_go_with_their_passwords(station: OpenStation) -> None:
    member = add_member(station, AccountDraft("李桂香", Role.OPERATOR), "operator pw")
    station.close()
    opened = open_station(station.data, member.slot, "operator pw")
    assert opened.actor == Actor(member.id, "李桂香", Role.OPERATOR)
    with pytest.raises(NotAllowed):
        add_member(opened, AccountDraft("别人", Role.HEAD), "another pw")
    opened.close()
    head = open_station(station.data, station.slot, PASSWORD)
    retire_member(head, member)
    with pytest.raises(Conflict), head.store.write(head.actor) as tx:
        accounts.retire_account(tx, head.actor.id)
    back = restore_member(head, member.id, "third password")
    set_member_password(head, back, "fourth password")
    head.close()
    with pytest.raises(StoreFault) as found:
        open_station(station.data, back.slot, "third password")
    assert found.value.kind is FaultKind.WRONG_PASSWORD
    open_station(station.data, back.slot, "fourth password").close()


def test_an_account_of_another_computer_can_be_closed(station: OpenStation) -> None:
    with station.store.write(station.actor) as tx:
        other = accounts.add_account(tx, AccountDraft("赵敏", Role.HEAD), slot="")
    with pytest.raises(Conflict), station.store.write(station.actor) as tx:
        accounts.retire_account(tx, station.actor.id)  # here nobody else could open the settings
    retire_member(station, other)
    with station.store.read(station.actor) as tx:
        assert [one.retired for one in accounts.list_accounts(tx)] == [False, True]


def test_a_forgotten_password_is_replaced_with_the_recovery_key(station: OpenStation) -> None:
    recovery_key = renew_recovery_key(station)
    station.close()
    with pytest.raises(StoreFault):
        open_with_recovery_key(station.data, station.slot, recovery_key[:-1] + "X", "new password")
    opened = open_with_recovery_key(station.data, station.slot, recovery_key, "new password")
    opened.close()
    open_station(station.data, station.slot, "new password").close()
