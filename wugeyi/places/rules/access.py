"""Who may do what; every role is held over the organisation a record belongs to."""

from wugeyi.organisations.rules import OFFICE, Role

# Writes down facilities and homes, brings tables and networks for its organisation.
WRITES = frozenset({Role.WORKER, Role.DEPARTMENT, Role.SECRETARY, Role.ADMINISTRATOR})
# Facilities are no secret: every post reads them, wherever it is held.
READS = OFFICE
# How many live in a building is for those whose post reaches it.
READS_HOMES = OFFICE
