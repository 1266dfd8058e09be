"""The publishers' pages for everybody, and the form in which they are written."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from verbund.core.audit import history_of
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, public
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.directory.attributions import ATTRIBUTIONS
from verbund.directory.models import Organisation, PublisherPage
from verbund.directory.publishing import forms, operations, permissions, proposals, queries, reading

Kind = PublisherPage.Kind

OF_THE_PLATFORM = {
    Kind.IMPRINT: ("directory:imprint", "directory/publishing/imprint.html"),
    Kind.PRIVACY: ("directory:privacy", "directory/publishing/privacy.html"),
    Kind.ACCESSIBILITY: ("directory:accessibility", "directory/publishing/accessibility.html"),
}
"""For each page of the platform: the name of its address, and the template with what the program itself must say."""

of_a_publisher = gate(among=queries.publishers_visible_to, may=permissions.can_edit_pages)


@public
@require_safe
def page_of_the_platform(request, kind):
    """What the operator says, and below it what the program itself must say."""
    publisher = queries.operator()
    context = {**_shown_page(request, publisher, kind), "is_of_the_platform": True, "attributions": ATTRIBUTIONS}
    return show(request, OF_THE_PLATFORM[kind][1], context)


@public
@require_safe
def page_of_a_carrier(request, code, kind):
    """What the carrier of a centre says, and the way to the page that holds for the whole platform."""
    publisher = queries.publisher_with(code)
    if publisher is None:
        raise Http404
    if publisher.kind == Organisation.Kind.OPERATOR:
        return redirect(OF_THE_PLATFORM[kind][0])
    context = {**_shown_page(request, publisher, kind), "centre": queries.centre_of(publisher)}
    return show(request, "directory/publishing/page.html", context)


def _shown_page(request, publisher, kind) -> dict:
    page = queries.page_of(publisher, kind)
    sections = queries.sections_of(page)
    may_edit = publisher is not None and permissions.can_edit_pages(request.actor, publisher)
    return {
        "kind": kind,
        "publisher": publisher,
        "page": page,
        "sections": reading.shown(sections),
        "may_edit": may_edit,
        "missing": proposals.missing_in(kind, [heading for heading, _text in sections]) if may_edit else [],
        "platform_href": reverse(OF_THE_PLATFORM[kind][0]),
    }


@gate(may=permissions.writes_pages)
@require_safe
def own_pages(request):
    """The pages of the publisher one writes for: what is filled, what is missing."""
    publisher = queries.publisher_of(request.actor)
    rows = [_overview(publisher, kind) for kind in Kind] if publisher else []
    context = {"publisher": publisher, "rows": rows, "is_operator": bool(rows) and _is_operator(publisher)}
    return show(request, "directory/publishing/own_pages.html", context)


def _overview(publisher, kind) -> dict:
    page = queries.page_of(publisher, kind)
    headings = [heading for heading, _text in queries.sections_of(page)]
    return {
        "kind": kind,
        "headings": headings,
        "missing": proposals.missing_in(kind, headings),
        "changed_on": page.changed_on if headings else None,
        "href": _public_address(publisher, kind),
    }


@of_a_publisher
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, publisher, kind):
    """Write the sections of a page. A second editor sees what is stored now, and keeps the own text."""
    if request.method != "POST":
        return _show_form(request, publisher, kind)
    sections, seen = forms.sections_form(kind, request.POST), forms.SeenForm(request.POST)
    if not (sections.is_valid() and seen.is_valid()):
        return _show_form(request, publisher, kind, sections=sections, seen=seen, status=422)
    written = sections.sections()
    try:
        operations.write_page(
            publisher, kind, sections=written, seen=seen.cleaned_data["version"], on=today(), actor=request.actor
        )
    except StaleVersion as refusal:
        return _show_newer(request, publisher, kind, sections=sections, refusal=refusal)
    except DomainError as refusal:
        show_on(seen, refusal)
        return _show_form(request, publisher, kind, sections=sections, seen=seen, status=422)
    messages.success(request, _("Gespeichert. So steht es jetzt öffentlich.") if written else _("Zurückgenommen."))
    return redirect(_public_address(publisher, kind))


@of_a_publisher
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request, publisher, kind):
    """Show how the page will look; nothing is saved."""
    return _show_again(request, publisher, kind, is_preview=True)


@of_a_publisher
@require_http_methods(["GET", "HEAD", "POST"])
def add_section(request, publisher, kind):
    """Give the form one more empty section; nothing is saved."""
    return _show_again(request, publisher, kind, is_preview=False)


def _show_again(request, publisher, kind, *, is_preview: bool):
    """Answer with what was typed in its new order; who only opens the address goes to the form."""
    if request.method != "POST":
        return redirect("directory:publisher-page-edit", pk=publisher.pk, kind=kind)
    sections, seen = forms.sections_form(kind, request.POST), forms.SeenForm(request.POST)
    if not (sections.is_valid() and seen.is_valid()):
        return _show_form(request, publisher, kind, sections=sections, seen=seen, status=422)
    empty = 1 if is_preview else sections.count_empty() + 1
    again = forms.sections_form_with(kind, sections.rows(), empty=empty)
    shown = reading.shown(sections.sections()) if is_preview else None
    return _show_form(request, publisher, kind, sections=again, seen=seen, preview=shown, is_preview=is_preview)


def _show_newer(request, publisher, kind, *, sections, refusal):
    """Show what somebody else saved above the own text; saving once more then replaces it knowingly."""
    page = queries.page_of(publisher, kind)
    seen = forms.SeenForm({"version": page.version if page else 0})
    show_on(seen, refusal)
    stored = {"sections": reading.shown(queries.sections_of(page)), "last": history_of(page, limit=1) if page else []}
    return _show_form(request, publisher, kind, sections=sections, seen=seen, stored=stored, status=409)


def _show_form(request, publisher, kind, *, sections=None, seen=None, status: int = 200, **more):
    page = queries.page_of(publisher, kind)
    if sections is None:
        sections = forms.sections_form_with(kind, forms.first_rows(kind, queries.sections_of(page)))
    context = {
        "publisher": publisher,
        "kind": kind,
        "formset": sections,
        "seen": seen or forms.SeenForm(initial={"version": page.version if page else 0}),
        "proposals": proposals.PROPOSALS[kind],
        "history": history_of(page) if page else [],
        "back": _public_address(publisher, kind),
        **more,
    }
    return show(request, "directory/publishing/edit.html", context, status=status)


def _public_address(publisher, kind) -> str:
    if _is_operator(publisher):
        return reverse(OF_THE_PLATFORM[kind][0])
    return reverse("directory:publisher-page", args=[publisher.code, kind])


def _is_operator(publisher) -> bool:
    return publisher.kind == Organisation.Kind.OPERATOR
