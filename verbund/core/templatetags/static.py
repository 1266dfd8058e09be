"""Django's tags for files, of which `static` looks up an address once (see `core.kept_tags`)."""

from django.templatetags import static

from verbund.core import kept_tags

register = kept_tags.library(static, static=kept_tags.static_file)
