"""What funding brings along: the administrative courts, the texts about legal remedies, the rules for reminders, those
of publication and retention.
"""

from verbund.funding import reminder_rules, rules
from verbund.funding.legal_remedy import load_courts


def load() -> None:
    """Load courts, texts and rules; a second call changes nothing, and what an operator corrected stays."""
    load_courts()
    reminder_rules.load()
    rules.load()
