"""What funding brings along: the administrative courts and the texts about legal remedies."""

from verbund.funding.legal_remedy import load_courts


def load() -> None:
    """Load the courts and texts; a second call changes nothing, and what an operator corrected stays."""
    load_courts()
