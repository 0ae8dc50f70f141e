"""The orders that the issues list offers: those that view and filters leave an index for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from station_app.domain.issue_views import VIEW_SORTS, View
from station_app.i18n import tr


@dataclass(frozen=True, slots=True)
class Order:
    """One order: the service's name for it and its direction."""

    sort: str
    descending: bool = False


NEWEST, OLDEST = Order("registered_at", descending=True), Order("registered_at")
_BY = tuple(Order(name) for name in ("number", "category", "status"))


def order_word(order: Order) -> str:
    """What an order is called."""
    if order.sort in ("due_on", "promise_on", "look_back_on", "revisit_on"):
        return tr("Soonest due first")
    return {
        NEWEST: tr("Newest first"),
        OLDEST: tr("Oldest first"),
        Order("number"): tr("By number"),
        Order("category"): tr("By category"),
        Order("status"): tr("By state"),
    }[order]


def orders_for(view: View, filters: Collection[str]) -> list[tuple[Order, str]]:
    """(order, its name), the one that suits the view first.

    A view of days is read along its own index only. By number, category or state there is an
    index over everything, and for those of a state or the urgent ones; within a category only
    its own.
    """
    own = Order(*VIEW_SORTS[view])
    found = [own]
    if own.sort == "registered_at":
        found += [one for one in (NEWEST, OLDEST) if one != own]
    if view is View.ALL and set(filters) <= {"status", "urgent", "category"}:
        found += [one for one in _BY if "category" not in filters or one.sort == "category"]
    return [(one, order_word(one)) for one in found]
