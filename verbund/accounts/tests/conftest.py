"""The settings of sign-in, as in operation."""

import pytest
from django.core.cache import cache

from verbund.accounts import sign_in_settings

MIDDLEWARE = ["verbund.accounts.middleware.SecondFactorMiddleware", "verbund.accounts.middleware.KeepTypedMiddleware"]


@pytest.fixture(autouse=True)
def sign_in_as_in_operation(settings, db):
    for name in dir(sign_in_settings):
        if name.isupper():
            setattr(settings, name, getattr(sign_in_settings, name))
    missing = [name for name in MIDDLEWARE if name not in settings.MIDDLEWARE]
    position = settings.MIDDLEWARE.index("allauth.account.middleware.AccountMiddleware") + 1
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:position], *missing, *settings.MIDDLEWARE[position:]]
    cache.clear()
