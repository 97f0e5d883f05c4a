"""A day as described x the day on which it was written -> the first and the last day meant (POLICY, "reply-by date"; P31).

Every row of POLICY's list of wordings is one branch here and one row of the tests.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, timedelta

from agent.core.read.dayforms import Day

FAR_AHEAD = 330  # days: "on 3 March" written in May means next year, written in February this one
FAR_BACK = 90


@dataclass(frozen=True, slots=True)
class Setting:
    """What the resolution of a day depends on: the day of writing, the country's habit, its holidays, the interview's day."""

    written: date
    month_first: bool = False
    holidays: Container[date] = frozenset()
    interview: date | None = None


def resolve(day: Day, setting: Setting) -> tuple[date, date] | None:
    """-> (first, last) day meant, or None where there is no such day (30 February, a weekday that does not fit)."""
    try:
        return RESOLVERS[day.form](day, setting)
    except (ValueError, OverflowError):
        return None


def exact(day: Day, setting: Setting) -> date | None:
    """The one day meant, or None for a span."""
    span = resolve(day, setting) if day.form in ("date", "weekday", "relative", "feast") else None
    return span[0] if span and span[0] == span[1] else None


def one(day: date) -> tuple[date, date]:
    return day, day


def dated(day: Day, setting: Setting) -> tuple[date, date] | None:
    number, month = day.day or 1, day.month
    if day.unit == "month":
        months = setting.written.year * 12 + setting.written.month - 1 + day.offset
        return one(date(months // 12, months % 12 + 1, number))
    if (
        day.numeric
        and month is not None
        and (number <= 12 and month > 12 or (setting.month_first and number <= 12 and month <= 31))
    ):
        number, month = month, number
    if day.year is not None and month is not None:
        return one(date(day.year, month, number))
    if month is not None:
        return nearest(
            [d for d in (made(setting.written.year + n, month, number) for n in (-1, 0, 1)) if d],
            day.weekday,
            setting.written,
        )
    return bare_number(number, day.weekday, setting.written)


def made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def nearest(days: list[date], weekday: int | None, written: date) -> tuple[date, date] | None:
    """The likeliest year: the weekday named decides where it can, else the nearest, ahead rather than behind."""
    likely = [d for d in days if -FAR_BACK <= (d - written).days <= FAR_AHEAD]
    fitting = [d for d in likely if weekday is None or d.weekday() == weekday]
    if not fitting and weekday is not None:
        # a weekday that does not fit the date: the date is what people copy, the weekday what they slip in
        fitting = likely
    if not fitting:
        return None
    return one(min(fitting, key=lambda d: (d - written).days if d >= written else 3 * (written - d).days))


def bare_number(number: int, weekday: int | None, written: date) -> tuple[date, date] | None:
    """A bare "the 12th" is the next one on or after the day of writing (settled cases); a weekday beside it picks the month."""
    candidates = []
    year, month = written.year, written.month
    for _ in range(14):
        found = made(year, month, number)
        if found and found >= written:
            candidates.append(found)
            if weekday is None or len(candidates) == 4:
                break
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for found in candidates:
        if weekday is None or found.weekday() == weekday:
            return one(found)
    return one(candidates[0]) if candidates else None


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def on_weekday(day: Day, setting: Setting) -> tuple[date, date]:
    weekday = day.weekday or 0
    written = setting.written
    of = resolve(day.of, setting) if day.of is not None else None
    if of is not None:
        return one(monday(of[0]) + timedelta(days=weekday))  # "the Friday of that week"
    ahead = (weekday - written.weekday() - 1) % 7 + 1  # strictly after the day of writing
    this_week = monday(written) + timedelta(days=weekday)
    if day.mode == "next":
        return one(this_week + timedelta(days=7))
    if day.mode == "after_next":
        return one(this_week + timedelta(days=14))
    if day.mode == "last":
        return one(
            written - timedelta(days=(written.weekday() - weekday - 1) % 7 + 1)
            if day.unit != "week"
            else this_week - timedelta(days=7)
        )
    if day.mode == "this" and this_week >= written:
        return one(this_week)
    plain = written + timedelta(days=ahead)
    return one(plain + timedelta(days={"week": 7, "fortnight": 14}.get(day.mode, 0)))


def relative(day: Day, setting: Setting) -> tuple[date, date] | None:
    if day.mode == "that":  # "the day after that" of the day named before, where one is
        of = resolve(day.of, setting) if day.of is not None else None
        return one(of[1] + timedelta(days=day.offset)) if of is not None else None
    return one(setting.written + timedelta(days=day.offset))


WEEK_PARTS = {"early": 1, "mid": 2, "late": 4, "": 4}  # "early next week" -> its Tuesday; "next week" -> its Friday


def in_week(day: Day, setting: Setting) -> tuple[date, date] | None:
    base = setting.written
    if day.from_interview:
        base = setting.interview or base
    elif day.of is not None:
        span = resolve(day.of, setting)
        if span is None:
            return None
        base = span[0]
    start = monday(base) + timedelta(days=7 * day.offset)
    last = start + timedelta(days=WEEK_PARTS[day.part])
    if day.offset == 0 and day.of is None and last < setting.written:
        last = start + timedelta(days=6)
    return start, last


MONTH_PARTS = {"early": 10, "mid": 15}


def in_month(day: Day, setting: Setting) -> tuple[date, date] | None:
    written = setting.written
    if day.month is None:
        year, month = written.year, written.month + day.offset
        if month > 12:
            year, month = year + 1, month - 12
    else:
        month = day.month
        year = day.year or (written.year if (month, 31) >= (written.month, written.day) else written.year + 1)
    length = calendar.monthrange(year, month)[1]
    first = date(year, month, 1)
    if day.number:  # "the first week of May": its Friday
        fridays = [d for d in (date(year, month, n) for n in range(1, length + 1)) if d.weekday() == 4]
        last = fridays[min(day.number, len(fridays)) - 1]
        return max(first, last - timedelta(days=4)), last
    last = date(year, month, MONTH_PARTS.get(day.part, length))
    if day.part == "mid" and day.month is None and last < written:
        return None
    return first, last


def counted(day: Day, setting: Setting) -> tuple[date, date] | None:
    base = setting.interview if day.from_interview and setting.interview else setting.written
    count = day.number
    if day.text == "few":
        count = {"days": 5, "weeks": 3, "business": 5, "months": 3}.get(day.unit, count)
    if day.unit == "business":
        end = after_business_days(base, count, setting.holidays)
    elif day.unit == "months":
        end = add_months(base, count)
    else:
        end = base + timedelta(days=count * (7 if day.unit == "weeks" else 1))
    return (base, end) if end >= base else (end, end)


def after_business_days(base: date, count: int, holidays: Container[date]) -> date:
    """Monday to Friday less the country's holidays (settled cases)."""
    step = 1 if count >= 0 else -1
    day = base
    for _ in range(min(abs(count), 400)):
        day += timedelta(days=step)
        while day.weekday() > 4 or day in holidays:
            day += timedelta(days=step)
    return day


def add_months(base: date, count: int) -> date:
    index = base.year * 12 + base.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(base.day, calendar.monthrange(year, month + 1)[1]))


def new_year(day: Day, setting: Setting) -> tuple[date, date]:
    written = setting.written
    year = written.year if written.month == 1 and written.day < 15 else written.year + 1
    return date(year, 1, 2), date(year, 1, 15)


def iso_week(day: Day, setting: Setting) -> tuple[date, date] | None:
    """Calendar week 39: its Monday to its Friday (ISO 8601)."""
    for year in (setting.written.year, setting.written.year + 1):
        first = date.fromisocalendar(year, day.number, 1)
        if first + timedelta(days=6) >= setting.written:
            return first, first + timedelta(days=4)
    return None


def holiday(day: Day, setting: Setting) -> tuple[date, date] | None:
    """ "after the bank holiday": the Friday of the week that its next working day is in.

    A holiday named is looked for by its name; else it is the next one on a weekday; with no country the coming Monday is it.
    """
    found = setting.written + timedelta(days=(7 - setting.written.weekday()) % 7 or 7)
    words = {w for w in day.text.split() if w not in ("bank", "public", "national", "the", "long", "day")}
    ahead = [d for d in (setting.written + timedelta(days=n) for n in range(60)) if d in setting.holidays]
    names = getattr(setting.holidays, "get", lambda _: "")
    called = [d for d in ahead if words & set(str(names(d) or "").lower().split())]
    weekdays = [d for d in ahead if d.weekday() < 5]
    if called:
        found = called[-1] if called[-1] - called[0] < timedelta(days=8) else called[0]
    elif day.text == "easter":
        found = easter_monday(setting.written)
    elif day.part == "named":
        return None  # no such day is near, or none of this country's
    elif weekdays:
        found = weekdays[0]
    working = after_business_days(found, 1, setting.holidays)
    return working, monday(working) + timedelta(days=4)


def easter_monday(written: date) -> date:
    """The next one: not all countries that keep Easter have it among their holidays. (The Gregorian computus of Meeus, Jones and
    Butcher.)"""
    for year in (written.year, written.year + 1):
        century, rest = divmod(year, 100)
        moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
        week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
        late = (year % 19 + 11 * moon + 22 * week) // 451
        month, day = divmod(moon + week - 7 * late + 114, 31)
        monday_after = date(year, month, day + 1) + timedelta(days=1)
        if monday_after >= written:
            break
    return monday_after


def weekend(day: Day, setting: Setting) -> tuple[date, date]:
    """Said of an answer: before it its Friday, over it its Sunday; the caller knows the preposition, here the Friday to the Sunday."""
    friday = monday(setting.written) + timedelta(days=4 + 7 * day.offset)
    if setting.written > friday:
        friday += timedelta(days=7)
    return friday, friday + timedelta(days=2)


RESOLVERS: dict[str, Callable[[Day, Setting], tuple[date, date] | None]] = {
    "date": dated,
    "feast": dated,
    "weekday": on_weekday,
    "relative": relative,
    "week": in_week,
    "iso_week": iso_week,
    "month": in_month,
    "count": counted,
    "new_year": new_year,
    "holiday": holiday,
    "weekend": weekend,
}
