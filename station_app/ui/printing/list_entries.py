"""What can be printed of lists: rota, ledgers, one form of many issues, blank forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from station_app.i18n import tr
from station_app.printing.catalogue import YEARLY, Batch, Form, Print, form_name
from station_app.ui.printing.print_button import Entry

if TYPE_CHECKING:
    from station_app.domain.lists import Listing
    from station_app.store import Tx

#: So many blank forms are offered.
_BLANKS = (5, 20, 50)
_YEAR, _SOON = timedelta(days=366), timedelta(days=31)
#: Forms of issues that are made of many at once.
_OF_MANY = (Form.ASSIGNMENT_SLIP, Form.URGING_LETTER, Form.REPLY_LETTER, Form.RATING_SHEET)


def day_entries(*, writable: bool) -> list[Entry]:
    """For the page of reception days."""
    entries = [
        Entry(tr("Rota from today on"), _rota_from_today),
        Entry(tr("Rota of this year"), _rota_of_the_year),
        Entry(tr("Personal lists of all who are due from today on"), _duties_from_today),
        Entry(tr("Notices of the days planned in the next 31 days"), _notices_soon),
    ]
    entries.append(Entry(form_name(Form.EIGHT_HAVES), _eight_haves))
    entries += [
        Entry(tr("This year's materials for the star rating"), partial(_star_materials, 0)),
        Entry(tr("Last year's materials for the star rating"), partial(_star_materials, 1)),
    ]
    return entries + blank_entries() if writable else entries


def rota_entries(first: date, last: date, who: tuple[UUID, str] | None) -> list[Entry]:
    """For the rota of a period; ``who`` is one deputy, with the name."""
    entries = [
        Entry(tr("Rota of this period"), partial(_rota, first, last)),
        Entry(tr("Personal lists of all who are due"), partial(_duties, first, last, None)),
    ]
    if who is not None:
        one, name = who
        only = tr("Personal list of {name}", name=name)
        entries.append(Entry(only, partial(_duties, first, last, one)))
    return [*entries, Entry(tr("Notices of all days"), partial(_notices, first, last))]


def deputy_entries(deputy_id: UUID, year: int) -> list[Entry]:
    """For one deputy; ``year`` is this one. The files of everybody stand below."""
    entries = [
        Entry(form_name(Form.DUTY_LIST), partial(_record, Form.DUTY_LIST, deputy_id)),
        *_of_years(YEARLY, (year, year - 1), partial(_year_of_one, deputy_id)),
    ]
    alike = _of_years(YEARLY, (year, year - 1), _year_of_all)
    everybody = [Entry(tr("All deputies: {form}", form=text), act) for text, act, _ in alike]
    return [*entries, everybody[0]._replace(apart=True), *everybody[1:]]


def blank_entries() -> list[Entry]:
    """Blank reception forms, numbered in advance."""
    return [
        Entry(tr("{n} blank reception forms", n=n), partial(_blanks, n), apart=n == _BLANKS[0])
        for n in _BLANKS
    ]


def issue_entries(listing: Listing) -> list[Entry]:
    """For the page of issues: what ``listing`` lists."""
    entries = [
        Entry(form_name(Form.ISSUE_LEDGER), partial(_ledger, listing)),
        Entry(tr("Ledger of this year's promises"), _promises),
        Entry(tr("This year's opinions on legislation"), _legislation),
    ]
    return entries + [
        Entry(
            tr("All of this list: {form}", form=form_name(form)),
            partial(_listed, form, listing),
            apart=form is _OF_MANY[0],
        )
        for form in _OF_MANY
    ]


def every_form(tx: Tx) -> Batch:
    """One of every form."""
    from station_app.printing.all_forms import one_of_each

    return one_of_each(tx)


# Only here: what gathers the forms is not needed before the first print.


def _rota(first: date, last: date, tx: Tx) -> Print:
    from station_app.printing.making import rota_print

    return rota_print(tx, first, last)


def _rota_from_today(tx: Tx) -> Print:
    return _rota(tx.today, tx.today + _YEAR, tx)


def _rota_of_the_year(tx: Tx) -> Print:
    return _rota(*_year(tx), tx)


def _duties(first: date, last: date, deputy_id: UUID | None, tx: Tx) -> Batch:
    from station_app.printing.making import duty_batch

    return duty_batch(tx, first, last, deputy_id)


def _duties_from_today(tx: Tx) -> Batch:
    return _duties(tx.today, tx.today + _YEAR, None, tx)


def _of_years(
    forms: Iterable[Form], years: Sequence[int], gather: Callable[[Form, int, Tx], Print | Batch]
) -> list[Entry]:
    return [
        Entry(
            tr("{form} of {year}", form=form_name(form), year=year), partial(gather, form, year)
        )
        for form in forms
        for year in years
    ]  # fmt: skip


def _record(form: Form, record_id: UUID, tx: Tx) -> Print:
    from station_app.printing.making import record_print

    return record_print(tx, form, record_id)


def _year_of_one(deputy_id: UUID, form: Form, year: int, tx: Tx) -> Print:
    from station_app.printing.making import year_print

    return year_print(tx, form, deputy_id, year)


def _year_of_all(form: Form, year: int, tx: Tx) -> Batch:
    from station_app.printing.making import year_batch

    return year_batch(tx, form, year)


def _notices(first: date, last: date, tx: Tx) -> Batch:
    from station_app.printing.making import notice_batch

    return notice_batch(tx, first, last)


def _notices_soon(tx: Tx) -> Batch:
    return _notices(tx.today, tx.today + _SOON, tx)


def _blanks(count: int, tx: Tx) -> Print:
    from station_app.printing.making import blanks_print

    return blanks_print(tx, count)


def _ledger(listing: Listing, tx: Tx) -> Print:
    from station_app.printing.making import issues_print

    return issues_print(tx, listing)


def _promises(tx: Tx) -> Print:
    from station_app.printing.making import promises_print

    return promises_print(tx, *_year(tx))


def _legislation(tx: Tx) -> Print:
    from station_app.printing.making import legislation_print

    return legislation_print(tx, *_year(tx))


def _eight_haves(tx: Tx) -> Print:
    from station_app.printing.making import eight_haves_print

    return eight_haves_print(tx)


def _star_materials(years_ago: int, tx: Tx) -> Print:
    from station_app.printing.making import star_materials_print

    return star_materials_print(tx, tx.today.year - years_ago)


def _listed(form: Form, listing: Listing, tx: Tx) -> Batch:
    from station_app.printing.making import listed_batch

    return listed_batch(tx, form, listing)


def _year(tx: Tx) -> tuple[date, date]:
    return date(tx.today.year, 1, 1), date(tx.today.year, 12, 31)
