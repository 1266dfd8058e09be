"""Which functions work for the carrier, decide on grants, or read numbers. Queries and permissions build on it."""

from verbund.accounts.roles import Role

CARRIER_SIDE = frozenset({Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY})
AUTHORITY = frozenset({Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER})
MINISTRIES = frozenset({Role.MINISTRY_READER, Role.MINISTRY_APPROVER})
STATE_SIDE = frozenset({Role.COORDINATOR, Role.CONTROLLER, Role.AUDITOR}) | MINISTRIES
READS_NUMBERS = CARRIER_SIDE | AUTHORITY | STATE_SIDE
