"""Personal data: what each model holds, why, for whom, for how long; and what follows from that.

Each app declares its models in its `privacy.py` with `declare` or `holds_no_personal_data`; a model without one fails
the suite. From the declarations follow the encryption in the audit trail, the record of processing (GDPR art. 30),
the information of a person (art. 15) and the erasure (art. 17).
"""

from verbund.core.privacy.erasure import erase_subject, places_naming
from verbund.core.privacy.information import information_about
from verbund.core.privacy.processing import record_of_processing
from verbund.core.privacy.registry import (
    BY_CLOCK,
    DECLARATIONS,
    Declaration,
    declaration_of,
    declare,
    holds_no_personal_data,
    is_about,
    own_key_of,
    personal_names,
    subject_of,
    text_key_of,
    undeclared_models,
)

__all__ = [
    "BY_CLOCK",
    "DECLARATIONS",
    "Declaration",
    "declaration_of",
    "declare",
    "erase_subject",
    "holds_no_personal_data",
    "information_about",
    "is_about",
    "own_key_of",
    "personal_names",
    "places_naming",
    "record_of_processing",
    "subject_of",
    "text_key_of",
    "undeclared_models",
]
