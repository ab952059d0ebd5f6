"""Who may do what; every role is held over the organisation."""

from wugeyi.organisations.rules import OFFICE, Role

# Looks at requests, teams, hours: never at a volunteer's name or number.
READS = OFFICE - {Role.ADMINISTRATOR, Role.DEPARTMENT}
# Publishes requests, keeps teams and activities, confirms hours, calls people.
WRITES = frozenset({Role.WORKER, Role.SECRETARY, Role.DISPATCHER})
# Sits at the duty desk and says "seen".
DUTY = WRITES | {Role.SUPERVISOR}
