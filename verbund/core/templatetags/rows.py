"""A loop for long tables: the body is taken apart once a language, and each row only fills in its texts.

A row of a list of fifty passes through a dozen nodes of the template engine; taken apart it costs a tenth.
"""

from collections.abc import Iterator
from html import escape

from django import template
from django.template.base import Node, NodeList, TextNode, VariableNode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from verbund.core.kept_tags import Kept

register = template.Library()


class RowsNode(Node):
    """Prints its body for each of some dicts of texts."""

    child_nodelists = ("body",)

    def __init__(self, name: str, rows, body: NodeList):
        self.rows, self.body = rows, body
        self.keys = [_key(node, name) for node in body if isinstance(node, VariableNode)]
        self.patterns: dict[str | None, str] = {}

    def render(self, context):
        language = get_language()
        if language not in self.patterns:
            self.patterns[language] = "".join(self._pattern(context))
        pattern, keys = self.patterns[language], self.keys
        rows = (pattern % tuple([_printed(row[key]) for key in keys]) for row in self.rows.resolve(context))
        return mark_safe("".join(rows))  # noqa: S308 - written out in the template, and what is escaped here

    def _pattern(self, context) -> Iterator[str]:
        for node in self.body:
            yield "%s" if isinstance(node, VariableNode) else node.render_annotated(context).replace("%", "%%")


def _key(node: VariableNode, name: str) -> str:
    """Return which text of a row a variable prints; only `name.key` can be taken apart."""
    found, expression = node.filter_expression.token.split("."), node.filter_expression
    if expression.filters or len(found) != 2 or found[0] != name:
        raise template.TemplateSyntaxError(f"rows: {expression.token!r} is not {name}.<text>")
    return found[1]


def _printed(text) -> str:
    return text if hasattr(text, "__html__") else escape(text)


@register.tag
def rows(parser, token):
    """Print the body for each of some rows: `{% rows row in page %}<td>{{ row.title }}</td>{% endrows %}`.

    Each row is a dict of texts, ready to be read (None is an error, as is any other thing); the body holds HTML written
    out, `{{ row.key }}` and `{% translate "…" %}`, nothing else.
    """
    words = token.split_contents()
    if len(words) != 4 or words[2] != "in":
        raise template.TemplateSyntaxError("rows: say {% rows row in list %}")
    body = parser.parse(("endrows",))
    parser.delete_first_token()
    for node in body:
        if not isinstance(node, TextNode | VariableNode | Kept):
            raise template.TemplateSyntaxError(f"rows: {node.token.contents!r} cannot be taken apart")
    return RowsNode(words[1], parser.compile_filter(words[3]), body)
