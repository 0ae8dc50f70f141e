"""What people write into a ledger's cells: how many came, what became of it, what they felt."""

from __future__ import annotations

import re
from typing import NamedTuple

from db.vocabulary import Channel, Rating
from station_app.domain.deputies import tidy_name
from station_app.domain.ledgers import Said
from station_app.domain.visits import LARGEST_PARTY
from station_app.exchange.cells import Understood, dictionary, is_blank, looks_like_name, plain
from station_app.i18n import tr

#: The dictionary of a ledger's heads and words.
LEDGER_WORDS = "ledger_columns"

_PEOPLE = re.compile(
    r"(?:约|共|等|一行|夫妻|夫妇|全家|一家)?(\d{1,4})(?:余|多)?(?:人次|人|名|位|口)?"
)
_HAN_NUMBERS = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)}
_HAN_NUMBERS["两"] = 2
_CLAUSES = re.compile(r"[,，;；。.、!！\s()（）]+")

#: A clause that says “solved”. 办结, 落实 and 答复 do not: they end a procedure, not a problem.
_SOLVED = re.compile(
    r".{0,16}?(?:已|已经|均已|现已|全部|当场|现场|得到|予以)(?:彻底|全部|妥善|圆满|得到|予以|基层|及时)*"
    r"解决(?:完毕|到位|了|好)?|(?:圆满|彻底|妥善)?解决(?:完毕|了)?"
)
_NOT_SOLVED = re.compile(
    r"(?:未|没|没有|无法|不能|难以|难|部分|基本|初步|暂时|正在|待|拟|将|要|争取|承诺|预计|计划|逐步|尽快|"
    r"尽早|力争|如|若|是否|能否|再|称|帮助|协调|研究|推动|督促|建议|继续|不予|等待|一定|希望|需)[^,，;；。]{0,8}解决"
    r"|解决(?:中|不了|一部分|部分|方案|办法|不)"
)
_DECLINED = re.compile(
    r"不属(?:于)?[^,，。]{0,12}(?:范围|职责|职权|受理)|不予受理|不予办理|不受理|超出[^,，。]{0,8}范围"
)
_UNDER_WAY = re.compile(
    r"正在|(?:办理|处理|协调|研究|推进|解决|整改|施工|核实|跟进|跟踪|沟通|落实)(?:之)?中$|未(?:办|处理|解决|答复|落实)|"
    r"尚未|^(?:已)?(?:受理|登记|记录|收悉)$|^待|^拟|^跟进|^持续|^继续"
)
_ANSWERED = re.compile(r"(?:当场|现场|当面|当日)[^,，。]{0,6}(?:答复|解答|解释|回复|说明|告知)")
_HANDED = re.compile(
    r"(?:已|已经)?(?:转交|移交|交办|转办|批转|派单|转送|上报|上交|提交|转|交|报)(?:至|给|到|由|于)?"
    r"(?P<unit>[^,，。;；]{0,20}?)(?:办理|处理|研究|落实|解决|协调)?"
)
_RATINGS = (
    (Rating.DISSATISFIED, re.compile(r"不(?:太|够|很|是很)?满意|差|很差|不好")),
    (Rating.FAIRLY_SATISFIED, re.compile(r"(?:基本|较为?|比较|还算?)满意|一般满意")),
    (Rating.SATISFIED, re.compile(r"(?:很|非常|十分|表示|群众)?满意")),
)
_BETWEEN_NAMES = re.compile(r"[、,，;；/|\n\r\t]+")
_TITLE = re.compile(r"(?:人大)?代表$|^(?:人大)?代表[:：]?|[:：]$")


class Outcome(NamedTuple):
    """What a text about the handling means, and the unit it names."""

    said: Said
    unit: str = ""


def read_people(text: str) -> Understood[int | None]:
    """How many came, or None where nothing (certain) is said."""
    if is_blank(text):
        return Understood(None)
    word = plain(text)
    found = _PEOPLE.fullmatch(word)
    bare = re.sub(r"[人名位口个]+$", "", word)
    number = int(found[1]) if found else _HAN_NUMBERS.get(bare, 0)
    if 1 <= number <= LARGEST_PARTY:
        return Understood(number)
    return Understood(None, tr("This is no number of people; counted as one."))


def read_outcome(text: str) -> Outcome:
    """What the ledger says became of the matter; “solved” only where it says so."""
    if is_blank(text):
        return Outcome(Said.NOTHING)
    word = plain(text)
    clauses = [clause for clause in _CLAUSES.split(word) if clause]
    if _DECLINED.search(word):
        return Outcome(Said.DECLINED)
    if any(_SOLVED.fullmatch(clause) for clause in clauses) and not _NOT_SOLVED.search(word):
        return Outcome(Said.SOLVED)
    if any(_UNDER_WAY.search(clause) for clause in clauses):
        return Outcome(Said.UNDER_WAY)
    if _ANSWERED.search(word):
        return Outcome(Said.ANSWERED)
    handed = _HANDED.fullmatch(clauses[0]) if clauses else None
    if handed:
        return Outcome(Said.HANDED_ON, handed["unit"])
    return Outcome(Said.REPLIED)


def read_rating(text: str) -> Rating | None:
    """What somebody felt, if the words say so; a tick does not."""
    word = re.sub(r"[\W_]+", "", plain(text))
    return next((rating for rating, said in _RATINGS if said.fullmatch(word)), None)


def read_channel(text: str) -> Understood[Channel]:
    """How the matter reached the station."""
    word = plain(text)
    if is_blank(text):
        return Understood(Channel.IN_PERSON)
    # the longer word counts: 上门走访 holds 上门
    known = sorted(
        (
            (one, name)
            for name, said in dictionary(LEDGER_WORDS)["channels"].items()
            for one in said
        ),
        key=lambda pair: -len(pair[0]),
    )
    for one, name in known:
        if one in word:
            return Understood(Channel(name))
    return Understood(Channel.IN_PERSON, tr("This is no known way of coming."))


def read_names(text: str) -> Understood[tuple[str, ...]]:
    """The names of a cell, without blanks that only set them nicely."""
    if is_blank(text):
        return Understood(())
    parts = [_TITLE.sub("", tidy_name(part)) for part in _BETWEEN_NAMES.split(text)]
    names = tuple(dict.fromkeys(part for part in parts if part))
    wrong = [name for name in names if not looks_like_name(name) or len(name) > 20]
    if wrong:
        return Understood((), tr("These are no names for certain."))
    return Understood(names)
