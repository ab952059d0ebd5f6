"""Everything of a line that holds on a day, to be handed out and sent back."""

from datetime import date

from wugeyi.buslines.adapter.cases import Case
from wugeyi.buslines.adapter.crew import Crew, told_rules
from wugeyi.buslines.models import FareTable, Line, Rule, holding
from wugeyi.buslines.queries.inputs import case_of


def handout(line: Line, on: date) -> tuple[Case, Crew]:
    """Return what a plan and a roster are made from; two queries beside ``case_of``."""
    found = case_of(line, on)
    rows = Rule.objects.filter(holding(on), line=line)
    fares = FareTable.objects.filter(holding(on), line=line, trial=False)
    basis = fares.order_by("-pk").values_list("basis", flat=True).first()
    crew = Crew(
        found.drivers,
        found.duties,
        told_rules(found.roster_rules, rows),
        found.fares,
        basis or "",
    )
    return found.case, crew
