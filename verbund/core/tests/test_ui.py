"""The shared pieces of the screens: what each says, and that a mistake in using one is found when the page loads."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from verbund.core.money import MoneyFormField


class Sheet(forms.Form):
    amount = MoneyFormField(label="Betrag", help_text="Zum Beispiel 57.000,00")
    begins_on = forms.DateField(label="Beginn")
    kind = forms.ChoiceField(label="Art", choices=[("A", "Anteil"), ("B", "Betrag")], widget=forms.RadioSelect)
    note = forms.CharField(label="Bemerkung", required=False)


def drawn(source: str, **values) -> str:
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    "source",
    ["{% status_badge lable='x' %}", "{% submit 'Senden' %}", "{% page_head %}{% endpage_head %}", "{% money %}"],
)
def test_a_misspelt_or_missing_argument_is_found_when_the_page_loads(source):
    with pytest.raises(TemplateSyntaxError):
        drawn(source)


def test_a_tone_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn("{% status_badge label='x' tone='pink' %}")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% money value=v %}", '<bdi class="money" dir="ltr">57.000,00\u202f€</bdi>'),
        ("{% number value=v %}", '<bdi class="number" dir="ltr">57.000</bdi>'),
        ("{% number value=v places=2 %}", '<bdi class="number" dir="ltr">57.000,00</bdi>'),
    ],
)
def test_figures_stand_in_german_notation(source, expected):
    assert drawn(source, v=Decimal("57000.00")) == expected


def test_a_day_is_written_in_german():
    assert drawn("{% day value=v %}", v=date(2022, 10, 28)) == '<time datetime="2022-10-28">28.10.2022</time>'


@pytest.mark.parametrize("tag", ["money", "number", "day"])
def test_where_there_is_no_value_a_dash_stands(tag):
    assert "–" in drawn("{% " + tag + " value=v %}", v=None)


@pytest.mark.parametrize(("mark", "word"), [("A", ""), ("B", ""), ("C", "nicht bestätigt"), ("D", "abgeleitet")])
def test_marks_say_how_sure_a_fact_is(mark, word):
    shown = drawn("{% mark value=v %}", v=mark)

    assert word in shown
    assert bool(shown) == bool(word)


def test_values_are_escaped_everywhere():
    shown = drawn(
        "{% page_head title=v status=v preline=v intro=v %}{{ v }}{% endpage_head %}"
        "{% facts title=v %}{% fact label=v %}{{ v }}{% endfact %}{% endfacts %}"
        "{% working lines=lines total=v source=v %}{% empty title=v text=v %}{% submit label=v why_not=v %}",
        v="<script>",
        lines=[{"label": "<script>", "value": "<script>", "note": "<script>"}],
    )

    assert "<script>" not in shown


def test_an_error_stands_at_its_field_and_is_tied_to_it():
    form = Sheet({"amount": "12,345.67", "begins_on": "31.02.2022"})
    shown = drawn("{% form_field field=form.amount %}", form=form)

    assert 'aria-describedby="id_amount_fehler id_amount_hilfe"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_amount_fehler"' in shown
    assert 'value="12,345.67"' in shown


def test_a_wrong_day_stays_in_its_field():
    shown = drawn("{% form_field field=form.begins_on %}", form=Sheet({"begins_on": "31.02.2022"}))

    assert 'value="31.02.2022"' in shown


def test_all_errors_stand_on_top_as_links_to_their_fields():
    form = Sheet({"amount": "", "begins_on": "", "kind": ""})
    shown = drawn("{% form_errors form=form %}", form=form)

    assert [f'href="#{target}"' in shown for target in ("id_amount", "id_begins_on", "id_kind_0")] == [True] * 3
    assert "id_note" not in shown


def test_a_form_without_errors_shows_no_summary():
    assert drawn("{% form_errors form=form %}", form=Sheet()).strip() == ""


def test_a_field_that_may_stay_empty_says_so():
    assert "(freiwillig)" in drawn("{% form_field field=form.note %}", form=Sheet())
    assert "(freiwillig)" not in drawn("{% form_field field=form.amount %}", form=Sheet())


def test_a_button_that_cannot_be_pressed_says_why():
    shown = drawn("{% submit label='Mitzeichnen' why_not='Das kann nur eine zweite Person.' %}")

    assert "disabled" in shown
    assert "Das kann nur eine zweite Person." in shown


def test_the_working_shows_each_line_and_the_result():
    lines = [("Jahresbetrag", Decimal("170000")), {"label": "Monate", "value": 1}]
    shown = drawn("{% working lines=lines total=total %}", lines=lines, total=Decimal("14167"))

    assert [part in shown for part in ("170.000,00", "Monate", "14.167,00", "wie?")] == [True] * 4


@pytest.mark.parametrize(
    ("inside", "crumbs"),
    [
        ('<a href="/">Start</a><span>Zentren</span>', ['<a href="/">Start</a>', "<span>Zentren</span>"]),
        ('<a href="/">Start</a> › Anträge › 2023', ['<a href="/">Start</a>', "Anträge", "2023"]),
        ("", []),
    ],
)
def test_the_way_to_a_page_is_a_list_of_steps(inside, crumbs):
    shown = drawn("{% breadcrumb %}" + inside + "{% endbreadcrumb %}")

    assert [f"<li>{crumb}</li>" in shown for crumb in crumbs] == [True] * len(crumbs)
    assert shown.count("<li>") == len(crumbs)
