"""Dictionaries as the head edits them, filters with a name, papers of an issue."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from typing import Any

import pytest
from PIL import Image

from db.models import Category, Unit
from db.vocabulary import Degree, Rating, Role
from station_app.domain.accounts import Actor
from station_app.domain.issue_views import View
from station_app.domain.issues import IssueDraft
from station_app.domain.lists import Listing
from station_app.domain.papers import JPEG, PDF, without_traces
from station_app.errors import NotAllowed, NotFound, RuleViolation
from station_app.services import attachments, dictionaries, dictionary_edits, issues, saved_filters
from tests.services.casework import Office


def refused(work: Any) -> set[str]:
    with pytest.raises(RuleViolation) as caught:
        work()
    return set(caught.value.fields)


def test_a_code_is_retired_and_never_reused(office: Office) -> None:
    add = dictionary_edits.add_unit
    unit = office.write(lambda tx: add(tx, code="wyz", name="物业站"))
    issue = office.come("李建国", IssueDraft("漏水"))
    office.act(issues.assign_issue, issue.id, unit_id=unit)
    version = office.read(lambda tx: dictionary_edits.dictionary_version(tx, Unit))
    office.write(lambda tx: dictionary_edits.retire_unit(tx, unit))
    names = [one.name for one in office.read(dictionaries.list_units)]
    assert "物业站" not in names
    assert office.read(partial(issues.get_issue, issue_id=issue.id)).unit == "物业站"
    assert refused(lambda: office.write(lambda tx: add(tx, code="wyz", name="新站"))) == {"code"}
    assert refused(lambda: office.write(lambda tx: add(tx, code="物", name=" "))) == {
        "code",
        "name",
    }
    office.write(lambda tx: dictionary_edits.retire_unit(tx, unit, retired=False))
    office.write(lambda tx: dictionary_edits.rename_unit(tx, unit, name="物业服务站"))
    assert office.read(dictionaries.list_units)[-1].name == "物业服务站"
    assert office.read(lambda tx: dictionary_edits.dictionary_version(tx, Unit)) == version + 3


def test_categories_have_two_levels(office: Office) -> None:
    add = dictionary_edits.add_category
    office.write(lambda tx: add(tx, code="zj-cd", name="充电桩", parent="zj"))
    paths = {one.code: one.path for one in office.read(dictionaries.list_categories)}
    assert paths["zj-cd"] == "住建 · 充电桩"
    below = partial(add, code="zj-cd-x", name="更下面", parent="zj-cd")
    assert refused(lambda: office.write(below)) == {"parent"}
    office.write(lambda tx: dictionary_edits.retire_category(tx, "zj-cd"))
    assert "zj-cd" not in {one.code for one in office.read(dictionaries.list_categories)}
    office.write(lambda tx: dictionary_edits.rename_category(tx, "zj", name="住房和城建"))
    assert office.read(dictionaries.category_paths)["zj-cd"] == "住房和城建 · 充电桩"
    with pytest.raises(NotFound):
        office.write(lambda tx: dictionary_edits.rename_category(tx, "none", name="无"))
    assert office.read(lambda tx: dictionary_edits.dictionary_version(tx, Category)) > 40


def test_reasons_to_decline_are_said_as_the_place_says_them(office: Office) -> None:
    save = dictionary_edits.save_decline_reason
    office.write(lambda tx: save(tx, code="court", name="涉法涉诉", instead="请到法院"))
    own = partial(save, code="police", name="治安案件", instead="请到派出所", new=True)
    office.write(own)
    assert refused(lambda: office.write(own)) == {"code"}
    office.write(lambda tx: dictionary_edits.retire_decline_reason(tx, "scope"))
    reasons = {one.code: one.name for one in office.read(dictionaries.list_decline_reasons)}
    assert (reasons["court"], reasons["police"]) == ("涉法涉诉", "治安案件")
    assert "scope" not in reasons
    issue = office.come("李建国", IssueDraft("打架"))
    decline = partial(office.act, issues.decline_issue, issue.id, instead="请到派出所")
    assert refused(lambda: decline(reason="scope")) == {"reason"}
    assert decline(reason="police").events[-1].details["why"] == "治安案件"
    names = office.read(dictionaries.decline_reason_names)
    assert (names["court"], names["police"]) == ("涉法涉诉", "治安案件")
    assert names["scope"], "old issues bear a retired code"


def test_degrees_keep_their_meaning_under_local_names(office: Office) -> None:
    office.write(lambda tx: dictionary_edits.save_degree_name(tx, Degree.PLANNED, name="列入规划"))
    assert office.read(dictionaries.degree_names) == {Degree.PLANNED: "列入规划"}


def test_only_the_head_edits(office: Office) -> None:
    operator = Actor(office.station.actor.id, "李桂香", Role.OPERATOR)
    with pytest.raises(NotAllowed), office.station.store.write(operator) as tx:
        dictionary_edits.add_unit(tx, code="x", name="某站")


def test_a_filter_with_a_name_comes_back_whole(office: Office) -> None:
    filters = {
        "view": View.TO_RATE, "unit_id": office.units[0], "degree": Degree.SOLVED,
        "rating": Rating.DISSATISFIED, "first_on": date(2026, 1, 1), "urgent": True,
        "category": "zj", "place": "桃源街",
    }  # fmt: skip
    listing = Listing("registered_at", True, "电梯", filters)
    office.write(lambda tx: saved_filters.save_filter(tx, " 我的 ", listing))
    assert office.read(saved_filters.saved_filters) == {"我的": listing}
    office.write(lambda tx: saved_filters.save_filter(tx, "别的", Listing("registered_at")))
    office.write(lambda tx: saved_filters.rename_filter(tx, "我的", "常看 "))
    assert list(office.read(saved_filters.saved_filters)) == ["常看", "别的"]
    taken = partial(saved_filters.rename_filter, old="常看", new="别的")
    assert refused(lambda: office.write(taken)) == {"name"}
    office.write(lambda tx: saved_filters.drop_filter(tx, "别的"))
    office.write(lambda tx: saved_filters.drop_filter(tx, "常看"))
    assert office.read(saved_filters.saved_filters) == {}
    unnamed = partial(saved_filters.save_filter, name=" ", listing=listing)
    assert refused(lambda: office.write(unnamed)) == {"name"}


def photo() -> bytes:
    """A photo as a phone makes it: with the place where it was taken."""
    picture, out = Image.new("RGB", (40, 30), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    picture.save(out, "JPEG", exif=exif, comment=b"SECRETPLACE")
    return out.getvalue()


def test_a_photo_loses_what_tells_its_place_and_stays_the_same_picture(office: Office) -> None:
    raw = photo()
    assert b"SECRETPHONE" in raw
    assert b"SECRETPLACE" in raw
    issue = office.come("李建国", IssueDraft("漏水"))
    add = partial(office.write, lambda tx: attachments.attach(tx, issue.id, name="a", data=raw))
    first, again = add(), add()
    assert (first.id, first.media_type) == (again.id, JPEG)
    kept = office.read(lambda tx: attachments.attachment_data(tx, first.id))
    assert b"SECRET" not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    with pytest.raises(ValueError, match="JPEG"):
        without_traces(raw[:10])


def test_papers_are_evidence_and_are_never_thrown_away(office: Office) -> None:
    issue = office.come("李建国", IssueDraft("漏水"))
    other = office.come("王芳", IssueDraft("漏水"))
    paper = office.write(
        lambda tx: attachments.attach(tx, issue.id, name="验收单.pdf", data=b"%PDF-1.7 x")
    )
    assert (paper.media_type, paper.here) == (PDF, True)
    for data in (b"MZ", b"", b"\xff\xd8\xff", b"%PDF-" + bytes(21 * 1024 * 1024)):
        wrong = partial(attachments.attach, issue_id=issue.id, name="x", data=data)
        assert refused(lambda wrong=wrong: office.write(wrong)) == {"file"}
    for one in (issue, other):
        office.act(issues.answer_issue, one.id, text="答复", deputy_id=None)
    settle = partial(issues.settle_issue, degree=Degree.SOLVED, evidence="", attachments=[paper.id])
    assert refused(lambda: office.act(settle, other.id)) == {"attachments"}
    done = office.act(settle, issue.id)
    assert done.events[-1].details["attachments"] == [paper.id.hex]
    remove = partial(attachments.remove_attachment, attachment_id=paper.id)
    assert refused(lambda: office.write(partial(remove, reason=""))) == {"reason"}
    office.write(partial(remove, reason="传错了"))
    assert office.read(lambda tx: attachments.list_attachments(tx, issue.id)) == ()
    office.write(lambda tx: attachments.restore_attachment(tx, paper.id))
    (back,) = office.read(lambda tx: attachments.list_attachments(tx, issue.id))
    assert (back.name, back.size) == ("验收单.pdf", 10)
