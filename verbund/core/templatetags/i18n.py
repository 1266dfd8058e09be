"""Django's tags for translating, of which `translate` looks up a text once a language (see `core.kept_tags`)."""

from django.templatetags import i18n

from verbund.core import kept_tags

register = kept_tags.library(i18n, translate=kept_tags.translate, trans=kept_tags.translate)
