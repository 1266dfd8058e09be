"""Personal data: what each model holds, why, for whom and how long. A model without a declaration fails the suite."""

from dataclasses import dataclass, field

DECLARATIONS: dict = {}


@dataclass(frozen=True)
class Declaration:
    """What one model holds about persons; `personal` maps field names to why they are kept."""

    model: type
    purpose: str
    legal_basis: str = ""
    recipients: str = ""
    retention: str = ""
    personal: dict = field(default_factory=dict)
    subject: str | None = None


def declare(model, *, purpose, legal_basis, recipients, retention, personal, subject) -> None:
    """Declare a model with personal data; `subject` is the lookup path to the person concerned (or None)."""
    DECLARATIONS[model] = Declaration(model, purpose, legal_basis, recipients, retention, personal, subject)


def holds_no_personal_data(*models, because: str) -> None:
    for model in models:
        DECLARATIONS[model] = Declaration(model, because)
