"""What is stored: declared for data protection, migrated, and exact where it is money."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from verbund.accounts.models import User
from verbund.core import privacy

OURS = [model for model in apps.get_models() if model.__module__.startswith("verbund.")]


def test_every_model_says_what_it_holds_about_persons():
    assert privacy.undeclared_models() == []


def test_every_reference_to_a_person_is_declared_as_personal():
    silent = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is User and field.name not in declared_fields(model)
    ]

    assert not silent, "\n" + "\n".join(silent)


def declared_fields(model) -> set[str]:
    declaration = privacy.declaration_of(model)
    return {*declaration.personal, *(path.split("__")[0] for path in declaration.subjects)} if declaration else set()


def test_no_number_is_stored_as_a_float():
    floats = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.fields
        if isinstance(field, models.FloatField)
    ]

    assert floats == []


@pytest.mark.django_db
def test_the_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
