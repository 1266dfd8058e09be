"""An address whose view fails, for the tests of the logs."""

from django.urls import path

from verbund.core.permissions import public


@public
def broken(request, word):
    raise ValueError(word)


urlpatterns = [path("broken/<str:word>/", broken)]
