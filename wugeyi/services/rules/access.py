"""Who may do what at a desk; every role is held over the desk's organisation."""

from wugeyi.organisations.rules import OFFICE, Role

# Serves people at the window.
WINDOW = frozenset({Role.WORKER, Role.DISPATCHER, Role.SECRETARY})
# Reads what was written down at the window.
READS = OFFICE - {Role.ADMINISTRATOR}
# Keeps the list of services.
KEEPS = frozenset({Role.ADMINISTRATOR})
