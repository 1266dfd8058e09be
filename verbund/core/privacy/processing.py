"""The record of processing activities (GDPR art. 30), generated from the declarations."""

from django.apps import apps

from verbund.core.privacy.registry import DECLARATIONS


def record_of_processing() -> list[dict]:
    """Return one row per model with personal data, in the order of apps and models.

    `fields` says what is kept in words, each once: the reasons given in the declaration.
    """
    rows = []
    for model in apps.get_models():
        declaration = DECLARATIONS.get(model)
        if declaration is None or not declaration.is_personal:
            continue
        rows.append(
            {
                "area": apps.get_app_config(model._meta.app_label).verbose_name,
                "table": model._meta.label,
                "name": model._meta.verbose_name,
                "purpose": declaration.purpose,
                "legal_basis": declaration.legal_basis,
                "recipients": declaration.recipients,
                "retention": declaration.retention,
                "goes_by": declaration.goes_by,
                "fields": list(dict.fromkeys(str(why) for why in declaration.personal.values())),
            }
        )
    return rows
