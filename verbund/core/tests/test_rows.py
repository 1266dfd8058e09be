"""A long table prints what a loop prints, and nothing in it can become HTML."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import translation
from django.utils.safestring import mark_safe

BODY = '<tr><td data-label="{% translate "Status" %}">{{ row.title }} 100 % {{ row.note }}</td></tr>'
ROWS = [
    {"title": "<script>\"Tee\" & 'Kaffee'</script>", "note": mark_safe("<b>neu</b>")},
    {"title": "%s %(title)s {{ row.note }}", "note": ""},
]


def printed(template: str) -> str:
    return engines["django"].from_string("{% load i18n rows %}" + template).render({"list": ROWS})


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_a_long_table_reads_as_if_it_were_printed_by_a_loop(language):
    with translation.override(language):
        assert printed(f"{{% rows row in list %}}{BODY}{{% endrows %}}") == printed(
            f"{{% for row in list %}}{BODY}{{% endfor %}}"
        )


def test_a_long_table_speaks_the_language_of_each_page():
    template = engines["django"].from_string(f"{{% load i18n rows %}}{{% rows row in list %}}{BODY}{{% endrows %}}")
    said = []
    for language in ("de", "en", "de"):
        with translation.override(language):
            said.append((template.render({"list": ROWS}), translation.gettext("Status")))

    assert [f'data-label="{word}"' in page for page, word in said] == [True, True, True]


@pytest.mark.parametrize(
    "body",
    [
        "{{ row.title|upper }}",
        "{{ row }}",
        "{{ other.title }}",
        "{{ row.title.first }}",
        "{% if row.title %}x{% endif %}",
        "{% translate 'Status' as status %}{% now 'Y' %}",
    ],
)
def test_what_cannot_be_taken_apart_is_refused_when_the_page_is_loaded(body):
    with pytest.raises(TemplateSyntaxError):
        printed(f"{{% rows row in list %}}{body}{{% endrows %}}")


@pytest.mark.parametrize("said", ["rows", "rows row of list", "rows row in"])
def test_a_table_without_rows_is_refused_when_the_page_is_loaded(said):
    with pytest.raises(TemplateSyntaxError):
        printed(f"{{% {said} %}}x{{% endrows %}}")


@pytest.mark.parametrize("thing", [None, 7])
def test_only_texts_that_are_ready_to_be_read_stand_in_a_row(thing):
    template = engines["django"].from_string("{% load rows %}{% rows row in list %}{{ row.title }}{% endrows %}")

    with pytest.raises(AttributeError):
        template.render({"list": [{"title": thing}]})
