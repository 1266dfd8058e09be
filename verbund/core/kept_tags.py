"""The tags `translate` and `static` of Django, for texts and files that are written out in the template: each is looked
up once (a text once a language) instead of with every page. They take the place of Django's own because an app's
library goes before one of Django's with the same name.
"""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Library, Node
from django.templatetags import i18n, static
from django.utils.translation import get_language


class Kept(Node):
    """A tag that always says the same in a language; `name` is the variable it is kept in instead of printed."""

    def __init__(self, node: Node, name: str | None):
        self.node, self.name = node, name
        self.said: dict = {}

    def render(self, context):
        key = self.key()
        if key not in self.said:
            printed = self.node.render(context)
            self.said[key] = context[self.name] if self.name else printed
        if self.name is None:
            return self.said[key]
        context[self.name] = self.said[key]
        return ""

    def key(self):
        """Return what the tag says depends on."""
        return get_language()


class KeptFile(Kept):
    """The address of a file; it depends on where the files are served from."""

    def key(self):
        return type(staticfiles_storage._wrapped), staticfiles_storage.base_url


def translate(parser, token):
    node = i18n.do_translate(parser, token)
    is_plain = isinstance(node.filter_expression.var.literal, str) and not node.filter_expression.filters
    return Kept(node, node.asvar) if is_plain and not node.noop and node.message_context is None else node


def static_file(parser, token):
    node = static.do_static(parser, token)
    is_plain = node.path.is_var is False and not node.path.filters
    return KeptFile(node, node.varname) if is_plain else node


def library(of, **ours) -> Library:
    """Return the library of a module of Django with our tags in the place of its own."""
    changed = Library()
    changed.tags, changed.filters = of.register.tags | ours, dict(of.register.filters)
    return changed
