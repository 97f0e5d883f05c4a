"""The durations and choices of POLICY as one frozen value, and the hours in which people may be written to."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from agent.core.read.days import after_business_days

OPENING_HOUR = time(9)  # POLICY: "Follow-ups and check-ins open at 09:00 owner's time"
CLOSING_HOUR = time(17)
LONGEST_CLOSURE = 40  # days; no country is closed longer than that


def hours_after(moment: datetime, hours: float) -> datetime:
    """Real hours, also where the clocks change between; in the zone of the moment."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Rules:
    """POLICY's defaults; the configuration replaces them. `zone`: the owner's; `holidays`: days that are no sending days."""

    zone: tzinfo = UTC
    holidays: Container[date] = field(default_factory=frozenset)
    owner_name: str = ""
    owner_addresses: tuple[str, ...] = ()
    thank_you_hours: int = 48
    thank_you_due_hours: int = 24
    follow_up_after_reply_by_days: int = 7
    follow_up_without_date_days: int = 14
    second_follow_up_days: int = 14
    max_follow_ups: int = 2
    pause_days: int = 7
    rejection_reply_days: int = 7
    offer_reply_days: int = 7
    debrief_days: int = 7
    prep_hours: int = 24
    news_days: int = 14
    no_response_days: int = 30
    check_in: bool = False
    check_in_days: int = 30
    max_check_ins: int = 3
    prep: bool = True
    debrief: bool = True
    paper_note: bool = False
    feedback: bool = True
    history_days: int = 60
    business_days: frozenset[str] = frozenset()  # the windows that are counted in business days
    running_since: datetime | None = None

    def day_of(self, moment: datetime) -> date:
        """Days are calendar days in the owner's zone (P31)."""
        return moment.astimezone(self.zone).date()

    def midnight_after(self, day: date) -> datetime:
        """The end of a day: until then a deadline on that day holds."""
        return datetime.combine(day + timedelta(days=1), time(), self.zone)

    def later(self, day: date, window: str) -> date:
        """The day on which this window opens, counted from `day`: in calendar days, or in business days where the owner wants it."""
        count: int = getattr(self, window)
        if window in self.business_days:
            return after_business_days(day, count, self.holidays)
        return day + timedelta(days=count)

    def told(self, window: str) -> str:
        """The length of a window in words: "7 days", "7 business days"."""
        return f"{getattr(self, window)} {'business ' if window in self.business_days else ''}days"

    def thank_you_closes(self, end: datetime) -> datetime:
        """P10: so many hours after the interview's end; weekends and holidays do not count where the owner wants business days."""
        closes = hours_after(end, self.thank_you_hours)
        day = self.day_of(end)
        while "thank_you_hours" in self.business_days and day <= self.day_of(closes):
            if not self.sending_day(day):
                closes = hours_after(closes, 24)
            day += timedelta(days=1)
        return closes

    def sending_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def opens(self, day: date) -> datetime:
        """09:00 on the day computed, or on the next day with sending hours."""
        for _ in range(LONGEST_CLOSURE):
            if self.sending_day(day):
                break
            day += timedelta(days=1)
        return datetime.combine(day, OPENING_HOUR, self.zone)

    def sending_time(self, now: datetime) -> datetime:
        """Now if it is within sending hours, else their next beginning (`send_only_in_hours`)."""
        local = now.astimezone(self.zone)
        if self.sending_day(local.date()) and OPENING_HOUR <= local.time() < CLOSING_HOUR:
            return now
        first = local.date() if local.time() < OPENING_HOUR else local.date() + timedelta(days=1)
        return self.opens(first)
