"""Whether drivers, duties and rules make sense, before anything is searched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields

from wugeyi.engines.lineplanning.crew import Driver, Duty, RosterRules
from wugeyi.engines.lineplanning.findings import Finding, Refused, Value, clock
from wugeyi.engines.lineplanning.roster.tables import DAY, broken_alone

MOST_DAYS = 92
# What a rule may be, at least and at most.
RANGES = {
    "years": (0, 60),
    "stars": (0, 5),
    "day_driving_minutes": (1, DAY),
    "night_driving_minutes": (0, DAY),
    "night_from_minute": (720, DAY),
    "night_until_minute": (0, 720),
    "break_minutes": (1, 240),
    "driving_24h_minutes": (1, DAY),
    "driving_7d_minutes": (1, 7 * DAY),
    "rest_minutes": (0, DAY),
    "rest_days_in_7": (0, 7),
    "early_before_minute": (0, DAY),
    "spread_duties": (-1, 100),
    "spread_early": (-1, 100),
    "spread_weekends": (-1, 100),
}


def require(
    drivers: Sequence[Driver],
    duties: Sequence[Duty],
    rules: RosterRules,
    *,
    days: int = 28,
) -> None:
    """Raise ``Refused`` with everything that is wrong, if anything is."""
    found = [
        *_codes("driver", drivers),
        *_codes("duty", duties),
        *_figures(drivers, rules, days),
    ]
    if not duties:
        found.append(Finding("roster-no-duties", "error"))
    if not drivers:
        found.append(Finding("roster-no-drivers", "error"))
    first = min((duty.begin_minute for duty in duties), default=0)
    for duty in duties:
        found += _duty(duty, rules, first)
    if found:
        raise Refused(*found)


def _codes(kind: str, records: Sequence[Driver] | Sequence[Duty]) -> Iterator[Finding]:
    many = Counter(each.code for each in records)
    for code, times in many.items():
        if times > 1:
            inputs = (f"{kind} {code}",)
            yield Finding("code-twice", "error", code, {"many": times}, inputs)
        if not code:
            yield Finding("code-empty", "error", kind)


def _figures(
    drivers: Sequence[Driver], rules: RosterRules, days: int
) -> Iterator[Finding]:
    figures = [(f"driver {d.code}", "stars", d.stars, 0, 5) for d in drivers]
    figures.append(("days", "days", days, 1, MOST_DAYS))
    for each in fields(RosterRules):
        if each.name in RANGES:
            number = getattr(rules, each.name)
            figures.append((f"rule {each.name}", each.name, number, *RANGES[each.name]))
    for subject, name, number, least, most in figures:
        if not least <= number <= most:
            values: dict[str, Value] = {"field": name, "number": number, "least": least}
            values["most"] = most
            yield Finding("number-absurd", "error", subject, values, (subject,))


def _duty(duty: Duty, rules: RosterRules, first: int) -> Iterator[Finding]:
    inputs = (f"duty {duty.code}",)
    if not 0 <= duty.begin_minute < duty.end_minute or duty.begin_minute >= DAY:
        values = {"first": clock(duty.begin_minute), "last": clock(duty.end_minute)}
        yield Finding("times-turned", "error", duty.code, values, inputs)
        return
    # Then 24 hours in a row never touch three duties.
    if duty.end_minute > first + DAY:
        values = {"until": clock(duty.end_minute), "limit": clock(first + DAY)}
        yield Finding("duty-too-late", "error", duty.code, values, inputs)
    at = duty.begin_minute
    for begin, until in duty.driving:
        if not at <= begin < until <= duty.end_minute:
            values = {"first": clock(begin), "last": clock(until)}
            yield Finding("driving-outside", "error", duty.code, values, inputs)
            return
        at = until
    if len(duty.weekdays) != 7 or not any(duty.weekdays):
        yield Finding("duty-never", "error", duty.code, {}, inputs)
    for rule in broken_alone(duty, rules):
        limit = getattr(rules, rule)
        values_ = {"rule": rule, "limit": limit, "minutes": duty.driving_minutes}
        both = (*inputs, f"rule {rule}")
        yield Finding("duty-breaks-rule", "error", duty.code, values_, both)
