"""Who may do what; every role is held over the organisation."""

from wugeyi.organisations.rules import OFFICE, Role

# Writes counts, and cards on a person's word.
WRITES = frozenset({Role.WORKER, Role.SECRETARY})
# Reads cards; how to reach somebody only those who write, and each look is written down.
READS = OFFICE - {Role.ADMINISTRATOR}
