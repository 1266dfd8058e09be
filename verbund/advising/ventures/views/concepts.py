"""The concept: sections, comments, versions, agreements."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.advising.conflicts import somebody_was_faster
from verbund.advising.ventures import forms, operations, page, permissions, queries
from verbund.advising.ventures.views import acting
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def add_section(request, record):
    return acting.with_form(
        request,
        forms.SectionForm(request.POST or None),
        lambda typed: operations.add_section(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Abschnitt schreiben"),
        label=_("Speichern"),
        intro=_("War das Konzept schon vereinbart, müssen alle Partner der neuen Fassung zustimmen."),
        done=_("Der Abschnitt ist gespeichert."),
        anchor="konzept",
    )


@gate(among=queries.sections_visible_to, may=permissions.keeps_section)
def edit_section(request, section):
    """Change a section; of two people who do so the second sees who was faster and keeps the own text."""
    initial = {"heading": section.heading, "text": section.text, "position": section.position, "seen": section.version}
    form = forms.EditSectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.edit_section(section, **form.cleaned_data, on=today(), actor=request.actor)
        except StaleVersion:
            fields = [("heading", _("Überschrift")), ("text", _("Text")), ("position", _("Reihenfolge"))]
            back = reverse("advising:section-edit", args=[section.pk])
            return somebody_was_faster(request, section, fields, form.cleaned_data, back)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Der Abschnitt ist gespeichert."))
            return redirect(acting.address(section.venture, "konzept"))
    context = {"form": form, "title": _("Abschnitt ändern"), "label": _("Speichern"), "subject": section.venture}
    context |= {
        "back": acting.address(section.venture, "konzept"),
        "intro": _("War das Konzept schon vereinbart, müssen alle Partner der neuen Fassung zustimmen."),
    }
    return show(request, "advising/act.html", context, status=422 if form.errors else 200)


@require_POST
@gate(among=queries.sections_visible_to, may=permissions.keeps_section)
def remove_section(request, section):
    return acting.at_once(
        request,
        lambda: operations.remove_section(section, on=today(), actor=request.actor),
        venture=section.venture,
        done=_("Der Abschnitt ist entfernt. Frühere Fassungen behalten ihn."),
        anchor="konzept",
    )


@gate(among=queries.sections_visible_to, may=permissions.can_comment)
def comment(request, section):
    return acting.with_form(
        request,
        forms.CommentForm(request.POST or None),
        lambda typed: operations.comment_section(section, **typed, on=today(), actor=request.actor),
        venture=section.venture,
        title=_("Abschnitt „%s“ kommentieren") % section.heading,
        label=_("Kommentieren"),
        intro=_("Über dem Kommentar steht Ihre Funktion und Ihr Haus, nicht Ihr Name."),
        done=_("Der Kommentar steht beim Abschnitt."),
        anchor="konzept",
    )


@gate(among=queries.comments_visible_to, may=permissions.can_resolve_comment)
def resolve(request, found):
    return acting.with_form(
        request,
        forms.AnswerForm(request.POST or None),
        lambda typed: operations.resolve_comment(found, **typed, on=today(), actor=request.actor),
        venture=found.section.venture,
        title=_("Kommentar erledigen"),
        label=_("Erledigt"),
        intro=_("%(who)s: „%(text)s“") % {"who": found.author, "text": found.text},
        done=_("Der Kommentar ist erledigt."),
        anchor="konzept",
    )


@gate(among=queries.ventures_visible_to, may=permissions.keeps_venture)
def freeze(request, record):
    return acting.with_form(
        request,
        forms.VersionForm(request.POST or None),
        lambda typed: operations.freeze_version(record, **typed, on=today(), actor=request.actor),
        venture=record,
        title=_("Fassung festhalten"),
        label=_("Festhalten"),
        intro=_("Die Abschnitte werden als nummerierte Fassung aufbewahrt. Dieser Fassung stimmen die Partner zu."),
        done=_("Die Fassung ist festgehalten. Partner mit Zugang sind benachrichtigt."),
        anchor="fassungen",
    )


@require_safe
@gate(among=queries.versions_visible_to)
def version(request, record):
    """A version, and how it differs from an earlier one (`mit`, by its number); else from the one before."""
    asked = request.GET.get("mit", "")
    earlier = record.venture.versions.filter(number__lt=record.number)
    if asked:
        other = earlier.filter(number=int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0)
        if not other.exists():
            raise Http404
    else:
        other = earlier
    context = page.version_part(record, other.first(), list(earlier))
    return show(request, "advising/ventures/version.html", context)


@gate(among=queries.versions_visible_to, may=permissions.can_record_agreement)
def record_agreement(request, record):
    """The centre writes down which party agreed, when, and with which function."""
    parties = record.venture.parties.filter(pk__in=[one.pk for one in queries.outstanding(record.venture, record)])
    return acting.with_form(
        request,
        forms.AgreementForm(request.POST or None, parties=parties, initial={"agreed_on": today()}),
        lambda typed: operations.agree_to_version(record, **typed, on=today(), actor=request.actor),
        venture=record.venture,
        title=_("Zustimmung zu %s festhalten") % record,
        label=_("Festhalten"),
        done=_("Die Zustimmung ist festgehalten."),
        anchor="fassungen",
    )


@gate(among=queries.versions_visible_to, may=permissions.can_agree)
def agree(request, record):
    """A party agrees for its own house."""
    on, party = today(), queries.own_party(record.venture, request.actor)
    return acting.with_form(
        request,
        forms.OwnAgreementForm(request.POST or None),
        lambda typed: operations.agree_to_version(record, party, agreed_on=on, **typed, on=on, actor=request.actor),
        venture=record.venture,
        title=_("%s zustimmen") % record,
        label=_("Für %s zustimmen") % party,
        intro=_("Sie stimmen für Ihr Haus zu. Ändert sich das Konzept danach, werden Sie wieder gefragt."),
        done=_("Sie haben zugestimmt."),
        anchor="fassungen",
    )
