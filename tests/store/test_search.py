"""The search index finds whatever an operator may type, and never falls over it."""

from __future__ import annotations

from contextlib import closing
from datetime import date, time

import pytest
from sqlalchemy import select

from db.models import Activity, Deputy, Issue, ReceptionDay, Resident, Visit
from station_app.config import DataDir
from station_app.domain.pinyin import sort_key
from station_app.domain.search import Found
from station_app.store import Store, search_index
from station_app.store.connection import connect
from station_app.store.search_index import find
from station_app.store.transaction import driver_of
from tests.store.conftest import ACTOR
from tests.store.people import add_issue, add_resident, add_visit, titled


def hits(store: Store, kind: Found, typed: str, *, names_only: bool = False) -> list[str]:
    """What is found, by its name, title, number or date."""
    told = {
        Found.RESIDENT: Resident.name,
        Found.ISSUE: Issue.title,
        Found.VISIT: Visit.number,
        Found.DEPUTY: Deputy.name,
        Found.DAY: ReceptionDay.held_on,
        Found.ACTIVITY: Activity.title,
    }
    column = told[kind]
    with store.read(ACTOR) as tx:
        found = find(tx, kind, typed, names_only=names_only)
        rows: dict[object, object] = dict(
            tx.session.execute(select(column.class_.id, column)).all()
        )
        return [str(rows[ident]) for ident in found]


@pytest.fixture
def people(store: Store) -> Store:
    with store.write(ACTOR) as tx:
        add_resident(tx, "张三", "13842610117", address="幸福路18号", community="幸福社区")
        add_resident(tx, "曾乐", "0411-83600001", note="常来 WeChat 留言")
        add_resident(tx, "欧阳明德", "13998765432")
        add_resident(tx, "阿依古丽·买买提", "")
        add_resident(tx, "𠮷田𬱖", "")
        add_resident(tx, "John Smith", "")
    return store


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张", "张三"),
        ("张三", "张三"),
        ("zs", "张三"),
        ("ZS", "张三"),
        ("zhangs", "张三"),
        ("zhangsan", "张三"),
        ("zengle", "曾乐"),
        ("cengle", "曾乐"),
        ("zl", "曾乐"),
        ("cl", "曾乐"),
        ("zy", "曾乐"),
        ("明德", "欧阳明德"),
        ("oymd", "欧阳明德"),
        ("古丽", "阿依古丽·买买提"),
        ("丽·买", "阿依古丽·买买提"),
        ("丽买", "阿依古丽·买买提"),
        ("𠮷", "𠮷田𬱖"),
        ("𬱖", "𠮷田𬱖"),
        ("john", "John Smith"),
        ("Smi", "John Smith"),
        ("117", "张三"),
        ("0117", "张三"),
        ("13842610117", "张三"),
        ("1384", "张三"),
        ("138 4261 0117", "张三"),
        ("+86 13842610117", "张三"),
        ("１３８４", "张三"),
        ("0411", "曾乐"),
        ("8360", "曾乐"),
        ("0411-8360", "曾乐"),
        ("0001", "曾乐"),
    ],
)
def test_a_resident_is_found_by_name_pinyin_and_phone(people: Store, typed: str, name: str) -> None:
    assert hits(people, Found.RESIDENT, typed) == [name]
    assert hits(people, Found.RESIDENT, typed, names_only=True) == [name]


@pytest.mark.parametrize("typed", ["三张", "zsan", "426", "wechaty", "德明", "，。", "", "  "])
def test_what_is_not_there_is_not_found(people: Store, typed: str) -> None:
    assert hits(people, Found.RESIDENT, typed) == []


def test_other_texts_are_found_unless_only_names_are_asked_for(people: Store) -> None:
    for typed in ("幸福路18", "18号", "福社", "幸福路 张三"):
        assert hits(people, Found.RESIDENT, typed) == ["张三"]
        assert hits(people, Found.RESIDENT, typed, names_only=True) == []
    assert hits(people, Found.RESIDENT, "wech") == ["曾乐"]


def test_a_phrase_does_not_reach_into_the_next_field(people: Store) -> None:
    assert hits(people, Found.RESIDENT, "号幸") == []


@pytest.mark.parametrize(
    "typed",
    [
        "WZ-KY-A-20260610-003",
        "wz-ky-a-20260610-003",
        "WZKYA20260610003",
        "KY-A-20260610",
        "A-20260610-003",
        "20260610-003",
        "20260610",
        "202606",
        "0610-003",
        "0610",
        "610-003",
        "10-003",
        "003",
    ],
)
def test_an_issue_is_found_by_any_usual_piece_of_its_number(store: Store, typed: str) -> None:
    with store.write(ACTOR) as tx:
        visit = add_visit(tx, add_resident(tx, phone=""), "LF-KY-A-20260610-001")
        add_issue(tx, visit, "WZ-KY-A-20260610-003", "路灯不亮")
        add_issue(tx, visit, "WZ-KY-B-20251124-118", "积水")
    assert hits(store, Found.ISSUE, typed) == ["路灯不亮"]


def test_issues_and_visits_are_found_by_the_residents_name(store: Store) -> None:
    with store.write(ACTOR) as tx:
        person = add_resident(tx, "张三")
        add_issue(tx, add_visit(tx, person, "LF-1", note="带着孩子"), "WZ-1", "路灯不亮")
    assert hits(store, Found.ISSUE, "张三") == ["路灯不亮"]
    assert hits(store, Found.ISSUE, "灯不 张三") == ["路灯不亮"]
    for typed in ("张三", "zs", "孩子", "LF-1"):
        assert hits(store, Found.VISIT, typed) == ["LF-1"]
    with store.write(ACTOR) as tx:
        tx.session.get_one(Resident, person.id).name = "李四"
    assert hits(store, Found.ISSUE, "张三") == hits(store, Found.VISIT, "zs") == []
    assert hits(store, Found.ISSUE, "李四") == ["路灯不亮"]
    assert hits(store, Found.VISIT, "ls") == ["LF-1"]


def test_deputies_and_days_are_found(store: Store) -> None:
    with store.write(ACTOR) as tx:
        deputy = Deputy(
            name="单雪", sort_key=sort_key("单雪"), phone="13500001234", position="校长"
        )
        day = ReceptionDay(
            held_on=date(2026, 6, 10), starts=time(9), ends=time(11), theme="养老服务", place="大厅"
        )
        tx.session.add_all([deputy, day])
    for typed in ("单", "shanxue", "danxue", "sx", "1234", "校长"):
        assert hits(store, Found.DEPUTY, typed) == ["单雪"]
    for typed in ("养老", "大厅", "2026-06-10", "20260610", "6月10日", "0610", "2026年6月"):
        assert hits(store, Found.DAY, typed) == ["2026-06-10"]


def test_the_newest_come_first_and_pages_follow_each_other(store: Store) -> None:
    with store.write(ACTOR) as tx:
        made = titled(tx, *(f"路灯不亮第{number}盏" for number in range(10)))
    with store.read(ACTOR) as tx:
        first = find(tx, Found.ISSUE, "路灯", limit=4)
        then = find(tx, Found.ISSUE, "路灯", limit=4, after=first[-1])
        last = find(tx, Found.ISSUE, "路灯", limit=4, after=then[-1])
    assert first + then + last == made[::-1]


def test_an_edit_and_a_deletion_change_what_is_found(store: Store) -> None:
    with store.write(ACTOR) as tx:
        [one, two] = titled(tx, "路灯不亮", "路面积水")
    with store.write(ACTOR) as tx:
        tx.session.get_one(Issue, one).title = "井盖丢失"
        tx.session.delete(tx.session.get_one(Issue, two))
    assert hits(store, Found.ISSUE, "路") == []
    assert hits(store, Found.ISSUE, "井盖") == ["井盖丢失"]


def test_a_rolled_back_record_is_not_found(store: Store) -> None:
    def break_off() -> None:
        with store.write(ACTOR) as tx:
            titled(tx, "路灯不亮")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert hits(store, Found.ISSUE, "路灯") == []


def test_rebuilding_finds_the_same(people: Store) -> None:
    with people.write(ACTOR) as tx:
        titled(tx, "路灯不亮", "路灯太亮", "积水")
    asked = [(kind, typed) for kind in Found for typed in ("路灯", "zs", "张", "0117", "20260610")]
    before = [hits(people, kind, typed) for kind, typed in asked]
    with people.write(ACTOR) as tx:
        search_index.rebuild(driver_of(tx.session))
    assert [hits(people, kind, typed) for kind, typed in asked] == before


def test_vacuum_keeps_the_index_in_order(people: Store, data: DataDir, key: bytes) -> None:
    people.close()
    with closing(connect(data.database, key)) as driver:
        driver.execute("VACUUM")
    again = Store.open(data, key)
    assert hits(again, Found.RESIDENT, "zs") == ["张三"]
    again.close()


def test_matching_serves_a_filter(store: Store) -> None:
    with store.write(ACTOR) as tx:
        made = titled(tx, "路灯不亮", "积水", "路灯太亮")
    with store.read(ACTOR) as tx:

        def found(typed: str) -> set[object]:
            wanted = select(Issue.id).where(Issue.id.in_(search_index.matching(Found.ISSUE, typed)))
            return set(tx.session.scalars(wanted))

        assert found("路灯") == {made[0], made[2]}
        assert found("，") == set()


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "*", '" OR "', "NEAR(a b)", "name : x", "-x", "^x", "\x00", "\ud800", "a" * 5000],
)
def test_the_words_of_the_query_language_are_only_words(people: Store, typed: str) -> None:
    assert hits(people, Found.RESIDENT, typed) == []
