"""The public pages of the offers speak all their languages in full: no German around the entries."""

import ast
import gettext
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from verbund.advising.enquiries.lifecycle import CloseReason, EnquiryStatus
from verbund.directory.models import Partner
from verbund.offers import reading
from verbund.offers.freshness.forms import ReportForm
from verbund.offers.models import ConfirmationEntry, Offer, OfferLanguage, ReaderReport, Slot
from verbund.offers.proposals.lifecycle import ProposalStatus
from verbund.portal import navigation

VERBUND = settings.BASE_DIR / "verbund"
PROPOSAL_PAGES = (
    "block",
    "draft_over",
    "errors",
    "form",
    "house",
    "house_link",
    "languages",
    "link_over",
    "promise",
    "rules",
    "status",
    "thanks",
    "too_many",
    "where",
)
TEMPLATES = [
    *(VERBUND / "offers" / "templates" / "offers").glob("finder*.html"),
    VERBUND / "offers" / "templates" / "offers" / "offer.html",
    VERBUND / "offers" / "templates" / "offers" / "offer_print.html",
    VERBUND / "offers" / "templates" / "offers" / "offer_over.html",
    VERBUND / "offers" / "templates" / "offers" / "not_found.html",
    *(VERBUND / "offers" / "templates" / "offers" / "feeds").glob("*link*.html"),
    *(VERBUND / "offers" / "templates" / "offers" / "freshness").glob("report*.html"),
    *(VERBUND / "offers" / "templates" / "offers" / "freshness" / f"{name}.html" for name in ("confirm", "link_over")),
    *(VERBUND / "offers" / "templates" / "offers" / "brochure").glob("*.html"),
    *(VERBUND / "offers" / "templates" / "offers" / "proposals" / f"{name}.html" for name in PROPOSAL_PAGES),
    *(VERBUND / "offers" / "templates" / "offers" / "saved").glob("*.html"),
    *(
        VERBUND / "advising" / "templates" / "advising" / "enquiries" / f"{name}.html"
        for name in ("ask", "status", "add", "gone", "languages")
    ),
    *(VERBUND / "core" / "templates" / f"{name}.html" for name in ("base", "error_alone", "400", "500")),
    *(VERBUND / "core" / "templates" / f"{name}.html" for name in ("403_csrf", "ui/typed_texts")),
    *(VERBUND / "core" / "templates" / "ui" / f"{name}.html" for name in ("header", "footer", "official_bar")),
    *(VERBUND / "core" / "templates" / "ui" / f"{name}.html" for name in ("breadcrumb", "form_errors", "form_field")),
]
MODULES = [
    *(VERBUND / "offers" / name for name in ("reading.py", "entry.py")),
    *(VERBUND / "offers" / "forms" / name for name in ("finder.py", "position.py")),
    *(VERBUND / "offers" / "views").glob("*.py"),
    *(VERBUND / "offers" / "feeds").glob("*.py"),
    *(VERBUND / "offers" / "brochure").glob("*.py"),
    *(
        VERBUND / "offers" / name
        for name in (
            "freshness/public_views.py",
            "proposals/entry.py",
            "proposals/forms.py",
            "proposals/hours.py",
            "proposals/public_pages.py",
            "speaking.py",
            "proposals/public_views.py",
            "proposals/status_views.py",
            "editing/entry_forms.py",
            "editing/place_forms.py",
            "saved/views.py",
            "saved/app_views.py",
        )
    ),
    *(
        VERBUND / "advising" / "enquiries" / f"{name}.py"
        for name in ("asking", "notifications", "public_views", "operations/asking", "operations/records")
    ),
]
REFUSALS = {
    "core/form_fields.py": {"WRONG_DAY", "FAR_AWAY"},
    "core/lifecycle.py": {"check"},
    "core/money.py": {"parse_amount", "MoneyFormField"},
    "core/notifications.py": {"_checked_address"},
    "offers/freshness/forms.py": {"AnswersForm"},
    "offers/freshness/operations.py": {"check_link", "answer_for_entries", "_answer"},
    "offers/operations.py": {"_check_complete"},
    "offers/proposals/direct.py": {"_house", "_publish"},
    "offers/proposals/notifications.py": {"_send", "received", "asked", "decided", "draft_link"},
}
"""What else these pages say, and the mails: by module, the names of what says it."""

WORDS_OF_MODELS = [
    ConfirmationEntry.Answer,
    EnquiryStatus,
    CloseReason,
    ProposalStatus,
    Slot.Rhythm,
    OfferLanguage.Mode,
    Offer.Known,
    Offer.Registration,
    Partner.Kind,
    ReaderReport.Reason,
]
OPEN = {navigation.anybody, navigation.is_visitor}
LANGUAGES = sorted(to_locale(reading.tag_of(language)) for language in reading.FRAME_LANGUAGES - {"de"})
MARKED = re.compile(r"\bgettext\(u?(\"\"\".*?\"\"\"|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')\)", re.DOTALL)
ARGUMENT = re.compile(r"\b_\((\"[^\"]*\"|'[^']*')\)")
TRANSLATORS = {"_", "gettext", "gettext_lazy"}
PLACES = re.compile(r"%\(\w+\)s")


def catalogue(language: str):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
    return path, read_po(path.read_bytes().splitlines(keepends=True), locale=language.partition("_")[0])


def _names_of(part: ast.AST) -> list[str]:
    """Return what a function, a class or an assignment is called; other parts have no name."""
    if isinstance(part, ast.Assign):
        return [one.id for one in part.targets if isinstance(one, ast.Name)]
    return [part.name] if isinstance(part, ast.FunctionDef | ast.ClassDef) else []


def texts() -> set[str]:
    """Return every German text a visitor of the finder can meet around the entries, plural forms left out."""
    with translation.override("de"):
        found = {str(label) for words in WORDS_OF_MODELS for label in words.labels}
        found |= {str(one.label) for one in (*navigation.MAIN, *navigation.FOOTER) if one.may in OPEN}
        fields = ReportForm().fields.values()
        found |= {str(said) for field in fields for said in (field.label, field.help_text) if said}
    for path in TEMPLATES:
        source = path.read_text(encoding="utf-8")
        found |= {ast.literal_eval(text) for text in MARKED.findall(templatize(source))}
        found |= {ast.literal_eval(text) for text in ARGUMENT.findall(source)}
    parts = [ast.parse(path.read_text(encoding="utf-8")) for path in MODULES]
    for name, wanted in REFUSALS.items():
        body = ast.walk(ast.parse((VERBUND / name).read_text(encoding="utf-8")))
        named = {one: part for part in body for one in _names_of(part) if one in wanted}
        assert named.keys() == wanted
        parts += named.values()
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATORS:
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_there_with_all_its_values(language):
    _path, readable = catalogue(language)
    said = {message.id: message.string for message in readable if message.id and not message.pluralizable}

    assert len(texts()) > 100
    assert sorted(texts() - {text for text, translation in said.items() if translation}) == []
    assert [text for text in said if sorted(PLACES.findall(text)) != sorted(PLACES.findall(said[text]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_what_the_readable_one_says(language):
    path, readable = catalogue(language)
    compiled = gettext.GNUTranslations(path.with_suffix(".mo").open("rb"))

    for message in readable:
        if message.pluralizable:
            said = {compiled.ngettext(*message.id, number) for number in range(120)}
            assert said == set(message.string), message.id
            assert len(message.string) == readable.num_plurals
        elif message.id:
            assert compiled.gettext(message.id) == message.string
    assert [message.id for message in readable if message.id and message.fuzzy] == []
