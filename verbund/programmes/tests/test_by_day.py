"""Which programmes are in force on a day, what they pay, and that nothing is said without its source."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from verbund.core.dates import today
from verbund.programmes import by_day, queries, reference
from verbund.programmes.models import FundingGuideline, Mark, Programme, ProgrammePart, ProgrammeState, Rate
from verbund.programmes.rules import NoRulesForYear

pytestmark = pytest.mark.django_db
NOBODY_KNOWS = {"KOMM_IN"}
ALL = {"KOMM_IN", "KI_BASE", "KOMM_AN", "KIM", "IFKUF", "KI_PREVENTION_VOLUNTEERING"}


@pytest.mark.parametrize(
    ("day", "in_force", "not_yet", "no_longer"),
    [
        (date(2012, 2, 14), set(), ALL - NOBODY_KNOWS, set()),
        (date(2012, 6, 24), set(), ALL - NOBODY_KNOWS, set()),
        (date(2012, 6, 25), {"KI_BASE"}, ALL - NOBODY_KNOWS - {"KI_BASE"}, set()),
        (date(2012, 12, 15), {"KI_BASE"}, ALL - NOBODY_KNOWS - {"KI_BASE"}, set()),
        (date(2014, 4, 25), {"KI_BASE"}, ALL - NOBODY_KNOWS - {"KI_BASE"}, set()),
        (date(2016, 7, 1), {"KI_BASE", "KOMM_AN"}, {"KIM", "IFKUF", "KI_PREVENTION_VOLUNTEERING"}, set()),
        (date(2024, 12, 31), {"KI_BASE", "KOMM_AN", "KIM", "IFKUF"}, {"KI_PREVENTION_VOLUNTEERING"}, set()),
        (date(2025, 1, 1), {"KI_BASE", "KIM", "IFKUF", "KI_PREVENTION_VOLUNTEERING"}, set(), {"KOMM_AN"}),
        (date(2028, 1, 1), {"KI_BASE", "KIM", "KI_PREVENTION_VOLUNTEERING"}, set(), {"KOMM_AN", "IFKUF"}),
    ],
)
def test_each_day_has_exactly_its_programmes(client_of, day, in_force, not_yet, no_longer):
    assert set(queries.programmes_in_force(day).values_list("code", flat=True)) == in_force
    assert codes(day, ProgrammeState.IN_FORCE) == in_force
    assert codes(day, ProgrammeState.NOT_YET) == not_yet
    assert codes(day, ProgrammeState.NO_LONGER) == no_longer
    assert codes(day, ProgrammeState.UNKNOWN) == NOBODY_KNOWS

    context = page_of(client_of(), day).context
    assert {row.programme.code for row in context["in_force"]} == in_force
    assert {row.programme.code for row in context["others"]} == ALL - in_force


def test_today_has_the_programmes_of_2025(client_of, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)
    context = client_of().get(reverse("programmes:home")).context
    assert [row.programme.code for row in context["in_force"]] == [
        "KI_BASE",
        "KIM",
        "IFKUF",
        "KI_PREVENTION_VOLUNTEERING",
    ]


def codes(day: date, state: ProgrammeState) -> set[str]:
    return {row.programme.code for row in by_day.on_day(queries.programmes_with_versions(), day) if row.state == state}


def page_of(client, day):
    return client.get(reverse("programmes:home"), {"stichtag": day if isinstance(day, str) else f"{day:%Y-%m-%d}"})


@pytest.mark.parametrize(
    ("day", "specialist", "guideline", "retroactive"),
    [
        (date(2012, 6, 25), 50_000, "KI_BASE_2012", False),
        (date(2014, 4, 25), 50_000, "KI_BASE_2012", False),
        (date(2017, 1, 1), 50_000, "KI_BASE_2017", True),
        (date(2020, 12, 31), 50_000, "KI_BASE_2018", False),
        (date(2021, 1, 1), 55_000, "KI_BASE_2021", False),
        (date(2023, 3, 9), 57_000, "KI_BASE_2023", True),
        (date(2023, 3, 10), 57_000, "KI_BASE_2023", False),
        (date(2025, 1, 1), 57_000, "KI_BASE_2025", True),
    ],
)
def test_a_specialist_is_paid_by_the_rules_of_the_year(day, specialist, guideline, retroactive):
    rates = queries.rates_on(day)
    assert (rates.specialist.amount, rates.specialist.full_time_share) == (specialist, 1)
    assert (rates.guideline.code, rates.is_retroactive) == (guideline, retroactive)
    assert rates.specialist.source


@pytest.mark.parametrize(("day", "programme"), [(date(2012, 6, 24), "KI_BASE"), (date(2016, 7, 1), "KOMM_AN")])
def test_no_rate_is_said_before_the_directive_or_for_a_programme_without_rules_of_ours(day, programme):
    assert queries.rates_on(day, programme) is None


def test_before_the_directive_the_page_says_that_there_was_only_the_law(client_of):
    text = page_of(client_of(), date(2012, 3, 1)).content.decode()
    assert "An diesem Tag ist kein Programm in Kraft." in text
    assert "Das Gesetz ist vom 14. Februar 2012; bis zum 25. Juni 2012 gab es noch keine Förderrichtlinie." in text
    assert "noch nicht in Kraft, ab 25.06.2012" in text


def test_every_statement_names_its_source_and_how_sure_it_is():
    for programme in Programme.objects.all():
        assert programme.summary
        assert programme.source
        assert programme.period_source
        assert programme.mark in Mark.values
        assert bool(programme.valid_from) == (programme.period_mark in Mark.values)
        assert programme.period_note
    assert ProgrammePart.objects.exists()
    assert all(part.source and part.mark in Mark.values for part in ProgrammePart.objects.all())


def test_a_part_lies_within_the_life_of_its_programme():
    for part in ProgrammePart.objects.select_related("programme"):
        first, last = part.programme.valid_from, part.programme.valid_until
        assert first <= part.valid_from, part.code
        assert last is None or (part.valid_until and part.valid_until <= last), part.code


def test_no_part_is_told_twice_on_a_day():
    turning = {part.valid_from for part in ProgrammePart.objects.all()} | {today()}
    for day in turning:
        for row in by_day.on_day(queries.programmes_with_versions(), day):
            titles = [part.title for part in row.parts]
            assert len(titles) == len(set(titles)), (day, titles)


@pytest.mark.parametrize(
    ("day", "said", "unsaid"),
    [
        (date(2022, 12, 31), ["1.000 € je Raum"], ["105", "57.000 € im Jahr, dazu Sachausgaben"]),
        (date(2024, 12, 31), ["57.000 € im Jahr, dazu Sachausgaben", "400 € im Monat", "50.000,00"], ["Teil III"]),
        (date(2023, 12, 31), ["Teil III", "8.800 €"], ["Demokratiebildung"]),
        (date(2025, 1, 1), ["30.000,00", "58.000,00", "Demokratiebildung", "nicht bestätigt"], ["400 € im Monat"]),
    ],
)
def test_what_is_paid_is_told_for_the_day(client_of, day, said, unsaid):
    text = in_force_text(page_of(client_of(), day))
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def in_force_text(answer) -> str:
    """The part of the page about what is in force, with plain spaces."""
    text = answer.content.decode().split('id="in-kraft"')[1].split('id="nicht-in-kraft"')[0]
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_only_what_the_platform_computes_is_said_to_be_computed(client_of):
    context = page_of(client_of(), date(2025, 6, 1)).context
    computed = {row.programme.code: row.is_computed for row in context["in_force"]}
    assert computed == {"KI_BASE": True, "KIM": False, "IFKUF": False, "KI_PREVENTION_VOLUNTEERING": True}
    text = in_force_text(page_of(client_of(), date(2025, 6, 1)))
    assert text.count("Verbund rechnet dieses Programm noch nicht.") == 2
    assert text.count("Verbund rechnet den Betrag in der Grundförderung mit:") == 1


def test_only_a_programme_with_a_guideline_can_be_called_for():
    assert list(queries.computed_programmes().values_list("code", flat=True)) == ["KI_BASE"]


def test_a_programme_without_rules_for_the_year_says_so(client_of):
    Programme.objects.filter(code="KI_BASE").update(valid_from=date(2011, 1, 1))
    answer = page_of(client_of(), date(2011, 5, 1))
    assert "Für Zuwendungen des Jahres 2011 liegt keine Richtlinie vor." in answer.content.decode()
    assert queries.rates_on(date(2011, 5, 1)) is None
    with pytest.raises(NoRulesForYear):
        queries.guideline_for("KI_BASE", 2011)


def test_the_day_stays_on_the_links_and_on_the_way_back(client_of):
    client = client_of()
    guideline = queries.guideline_for("KI_BASE", 2014)
    address = reverse("programmes:guideline", args=[guideline.pk]) + "?stichtag=2014-04-25"
    assert f'href="{address}"' in page_of(client, date(2014, 4, 25)).content.decode()
    assert 'href="/programme/?stichtag=2014-04-25"' in client.get(address).content.decode()
    assert "?stichtag" not in in_force_text(client.get(reverse("programmes:home")))


@pytest.mark.parametrize("typed", ["gestern", "2023-02-29", "<script>", "9" * 300, "2014-04-25\x00"])
def test_a_day_that_does_not_exist_is_said_and_today_is_shown(client_of, typed):
    answer = page_of(client_of(), typed)
    assert answer.status_code == 200
    assert "kann nicht gezeigt werden" in answer.content.decode()
    assert answer.context["reference_day"].day == today()
    assert "<script>" not in answer.content.decode().split("</head>")[1].split('id="in-kraft"')[0]


def test_the_head_says_the_day_and_the_course_marks_the_year_that_holds(client_of):
    text = page_of(client_of(), date(2016, 7, 1)).content.decode()
    assert "nicht der heutige Stand" in text
    assert text.count("gilt am gewählten Tag") == 1
    assert "gilt heute" not in text
    assert client_of().get(reverse("programmes:home")).content.decode().count("gilt heute") == 1


@pytest.mark.parametrize(
    ("year", "words"),
    [(2014, "vom 01.01.2012 bis 31.12.2016."), (2026, "mit einem Bewilligungszeitraum ab 01.01.2025.")],
)
def test_a_guideline_says_for_which_grants_it_holds(client_of, year, words):
    guideline = queries.guideline_for("KI_BASE", year)
    assert words in client_of().get(reverse("programmes:guideline", args=[guideline.pk])).content.decode()


def test_a_corrected_life_survives_the_next_loading():
    Programme.objects.filter(code="KOMM_AN").update(
        name="KommAn-NRW", valid_from=date(2016, 3, 1), period_source="Haushaltsplan 2016", period_mark="A"
    )
    ProgrammePart.objects.filter(code="IFKUF-2023").update(text="berichtigt")
    before = list(Programme.objects.values()), list(ProgrammePart.objects.values())
    assert reference.load() == 0
    assert (list(Programme.objects.values()), list(ProgrammePart.objects.values())) == before


@pytest.mark.postgres
def test_a_database_that_knew_only_the_base_grant_receives_its_life_and_the_other_programmes():
    wanted = {row["code"]: row for row in without_keys(Programme.objects.values())}
    Programme.objects.update(predecessor=None, within=None)
    Programme.objects.exclude(code="KI_BASE").delete()
    ProgrammePart.objects.all().delete()
    Programme.objects.update(
        name="Grundförderung", summary="", valid_from=None, period_note="", period_source="", period_mark=""
    )

    assert reference.load() > 0

    now = {row["code"]: row for row in without_keys(Programme.objects.values())}
    assert now.pop("KI_BASE") == wanted.pop("KI_BASE") | {"name": "Grundförderung"}
    assert now == wanted
    assert ProgrammePart.objects.count() > 0


def without_keys(rows) -> list[dict]:
    """The rows by what they say; their own and other rows' keys change when they are made anew."""
    names = dict(Programme.objects.values_list("pk", "code"))
    keys = {"predecessor_id", "within_id"}
    return [
        {name: names.get(value) if name in keys else value for name, value in row.items() if name != "id"}
        for row in rows
    ]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": date(2025, 1, 1), "valid_until": date(2024, 12, 31)},
        {"valid_from": date(2025, 1, 1), "period_source": ""},
        {"valid_from": date(2025, 1, 1), "period_mark": ""},
    ],
)
def test_a_life_needs_its_order_and_its_source(wrong):
    before = list(Programme.objects.values())
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(code="KIM").update(**wrong)
    assert list(Programme.objects.values()) == before


def test_the_number_of_queries_is_the_same_for_one_programme_and_for_three(client_of, django_assert_num_queries):
    Programme.objects.update(predecessor=None, within=None)
    Programme.objects.exclude(code="KI_BASE").delete()
    client, day = client_of(), date(2024, 6, 1)
    page_of(client, day)
    with django_assert_num_queries(QUERIES):
        assert len(page_of(client, day).context["in_force"]) == 1

    for number in (1, 2):
        another_programme(f"ANDERES_{number}")
    with django_assert_num_queries(QUERIES):
        answer = page_of(client, day)
    assert [row.is_computed for row in answer.context["in_force"]] == [True, True, True]


QUERIES = 7


def another_programme(code: str) -> None:
    """A programme of the same rules as the base grant, with parts, following it."""
    base = Programme.objects.get(code="KI_BASE")
    new = Programme.objects.create(
        code=code,
        name=code,
        source="Quelle",
        mark="A",
        valid_from=base.valid_from + timedelta(days=1),
        period_source="Quelle",
        period_mark="A",
        predecessor=base,
        predecessor_source="Quelle",
        predecessor_mark="A",
    )
    ProgrammePart.objects.create(
        programme=new, title="Teil", text="Text", valid_from=new.valid_from, source="Quelle", mark="A"
    )
    for version in base.guidelines.order_by("version"):
        rates = list(version.rates.all())
        FundingGuideline.objects.bulk_create([copied(version, programme=new)])
        copy = new.guidelines.get(version=version.version)
        Rate.objects.bulk_create([copied(rate, guideline=copy) for rate in rates])


def copied(row, **changes):
    """A new row with the values of another one."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    for name in changes:
        values.pop(f"{name}_id")
    return type(row)(**values, **changes)
