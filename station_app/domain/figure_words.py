"""The words of figures: names, definitions, values, comparisons; ``say`` as in ``words``."""

from __future__ import annotations

from db.vocabulary import Rater
from station_app.domain.figures import RATES, Age, Figure, Split, Value
from station_app.domain.issue_words import rater_word
from station_app.domain.words import Say
from station_app.i18n import tr


def figure_word(figure: Figure, say: Say = tr) -> str:
    """What a figure is called."""
    return _names(say)[figure]


def figure_unit(figure: Figure, say: Say = tr) -> str:
    """What is counted: 场, 人次; nothing for shares."""
    return _units(say).get(figure, "")


def figure_means(figure: Figure, say: Say = tr) -> str:
    """The definition, as it stands beside the figure on screen and on paper."""
    return (_counts_mean(say) | _shares_mean(say))[figure]


def split_word(split: Split, say: Say = tr) -> str:
    """What a figure is split by."""
    return {
        Split.CATEGORY: say("split|By category"),
        Split.PLACE: say("split|By place"),
        Split.DEPUTY: say("split|By deputy"),
        Split.UNIT: say("split|By unit"),
        Split.LEVEL: say("split|By level"),
        Split.RATER: say("split|By who rated"),
        Split.MONTH: say("split|By month"),
        Split.AGE: say("split|By age"),
    }[split]


def value_words(figure: Figure, value: Value) -> str:
    """A value as people write it: 1,203, 96.4 %, 2,329,400.00; – where there is none."""
    if figure in RATES:
        return "–" if value.share is None else f"{100 * value.share:.1f}%"
    if figure is Figure.AMOUNT:
        return f"{value.part / 100:,.2f}"
    return f"{value.part:,}"


def basis_words(figure: Figure, value: Value, say: Say = tr) -> str:
    """What a share rests on: 登记 52 条，其中 48 条; empty for counts."""
    part, whole = f"{value.part:,}", f"{value.whole or 0:,}"
    if figure is Figure.ATTENDANCE_RATE:
        return say("basis|{part} of {whole} registered deputies", part=part, whole=whole)
    if figure in (Figure.SETTLED_RATE, Figure.SOLVED_RATE):
        return say("basis|{part} of {whole} registered issues", part=part, whole=whole)
    if figure is Figure.KEPT_RATE:
        return say("basis|{part} kept of {whole} promises due", part=part, whole=whole)
    if figure in (Figure.SATISFACTION, Figure.SELF_ASKED):
        return say("basis|{part} of {whole} evaluations", part=part, whole=whole)
    if figure is Figure.IN_TIME:
        return say("basis|{part} in time of {whole} replies due", part=part, whole=whole)
    return ""


def change_words(figure: Figure, now: Value, then: Value, say: Say = tr) -> str:
    """How ``now`` differs from ``then``, in words: 多 12（增 20%）, 低 3.2 个百分点, 持平."""
    if figure in RATES:
        return _share_change(now.share, then.share, say)
    more = now.part - then.part
    if more == 0:
        return say("change|the same")
    amount = value_words(figure, Value(abs(more)))
    if then.part == 0:
        return say("change|{amount} more, from none", amount=amount)
    percent = f"{100 * abs(more) / then.part:.0f}"
    if more > 0:
        return say("change|{amount} more, up {percent}%", amount=amount, percent=percent)
    return say("change|{amount} fewer, down {percent}%", amount=amount, percent=percent)


def _share_change(now: float | None, then: float | None, say: Say) -> str:
    if now is None or then is None:
        return say("change|nothing to compare")
    points = round(100 * now, 1) - round(100 * then, 1)
    if abs(points) < 0.05:
        return say("change|the same")
    said = f"{abs(points):.1f}"
    if points > 0:
        return say("change|{said} percentage points higher", said=said)
    return say("change|{said} percentage points lower", said=said)


def rated_word(rater: Rater, apart: bool, say: Say = tr) -> str:
    """Who rated, and whether the handler asked for it."""
    who = rater_word(rater, say)
    return say("rated|{who}, asked for by the handler", who=who) if apart else who


def age_word(age: Age, say: Say = tr) -> str:
    """How long issues are open."""
    if age.most is None:
        return say("age|over {n} days", n=age.least - 1)
    return say("age|{least}–{most} days", least=age.least, most=age.most)


def _names(tr: Say) -> dict[Figure, str]:
    return {
        Figure.RECEPTIONS: tr("figure|Reception days held"),
        Figure.ATTENDANCES: tr("figure|Deputies' attendances"),
        Figure.DEPUTIES: tr("figure|Deputies who came"),
        Figure.ATTENDANCE_RATE: tr("figure|Attendance rate"),
        Figure.PEOPLE: tr("figure|Residents received"),
        Figure.VISITS: tr("figure|Visits received"),
        Figure.ISSUES: tr("figure|Opinions and suggestions"),
        Figure.SOLVED: tr("figure|Problems solved"),
        Figure.SETTLED_RATE: tr("figure|Settlement rate"),
        Figure.SOLVED_RATE: tr("figure|Solution rate"),
        Figure.KEPT_RATE: tr("figure|Promises kept"),
        Figure.SATISFACTION: tr("figure|Satisfaction"),
        Figure.SELF_ASKED: tr("figure|Satisfaction, asked by the handler"),
        Figure.IN_TIME: tr("figure|Replies in time"),
        Figure.HELPED: tr("figure|People helped"),
        Figure.AMOUNT: tr("figure|Money given"),
        Figure.OPEN: tr("figure|Issues still open"),
    }


def _units(tr: Say) -> dict[Figure, str]:
    return {
        Figure.RECEPTIONS: tr("unit|receptions"),
        Figure.ATTENDANCES: tr("unit|attendances"),
        Figure.DEPUTIES: tr("unit|persons"),
        Figure.PEOPLE: tr("unit|people"),
        Figure.VISITS: tr("unit|visits"),
        Figure.ISSUES: tr("unit|issues"),
        Figure.SOLVED: tr("unit|solved"),
        Figure.HELPED: tr("unit|persons"),
        Figure.AMOUNT: tr("unit|yuan"),
        Figure.OPEN: tr("unit|issues"),
    }


def _counts_mean(tr: Say) -> dict[Figure, str]:
    return {
        Figure.RECEPTIONS: tr("Reception days held in the period that are closed or locked."),
        Figure.ATTENDANCES: tr(
            "Check-ins of deputies at reception days and activities of the period; each counts."
        ),
        Figure.DEPUTIES: tr("Different deputies who checked in at least once in the period."),
        Figure.PEOPLE: tr("The sizes of all parties that came in the period, added up."),
        Figure.VISITS: tr("Visits of the period; a party counts once. Void ones do not count."),
        Figure.ISSUES: tr(
            "Issues registered in the period; joined ones count once, at the issue they joined. "
            "Void ones do not count."
        ),
        Figure.SOLVED: tr("Issues settled in the period with the degree “solved”, and still so."),
        Figure.HELPED: tr("The people of all help given in the period, added up."),
        Figure.AMOUNT: tr("The money of all help given in the period, added up."),
        Figure.OPEN: tr("Issues that wait for somebody today, by the days since they came in."),
    }


def _shares_mean(tr: Say) -> dict[Figure, str]:
    return {
        Figure.ATTENDANCE_RATE: tr(
            "Different deputies who checked in ÷ deputies registered at the station in the period."
        ),
        Figure.SETTLED_RATE: tr(
            "Of the issues registered in the period, those settled by now ÷ all of them."
        ),
        Figure.SOLVED_RATE: tr(
            "Of the issues registered in the period, those solved by now ÷ all of them."
        ),
        Figure.KEPT_RATE: tr("Promises kept ÷ promises that were due in the period."),
        Figure.SATISFACTION: tr(
            "(Satisfied + fairly satisfied) ÷ evaluations of the period; those that the handler "
            "asked for do not count here."
        ),
        Figure.SELF_ASKED: tr(
            "The same for evaluations that the handler of the issue asked for; counted apart."
        ),
        Figure.IN_TIME: tr("Units' replies in time ÷ replies that were due in the period."),
    }
