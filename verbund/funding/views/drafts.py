"""Editing a draft: one page, saved as one types, safe against two people at once."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError
from verbund.core.permissions import gate
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.funding import operations, permissions, queries
from verbund.funding.differences import differences
from verbund.funding.forms.applications import DraftForm, post_formset
from verbund.funding.models import GrantApplication
from verbund.programmes import queries as programmes


@gate(among=queries.applications_visible_to, may=permissions.can_edit_application)
def edit(request, record):
    """The whole draft as one form; the browser saves it in the background by the same address."""
    rules = programmes.rules_of(record.call.guideline, record.call.budget_year)
    if not record.is_editable:
        return redirect(record)
    form = DraftForm(request.POST or None, instance=record, rules=rules)
    posts = post_formset(record, request.POST or None, rules=rules)
    is_background = request.headers.get("X-Autosave") == "1"
    if request.method == "POST" and form.is_valid() & posts.is_valid():
        fresh = GrantApplication.objects.get(pk=record.pk)
        try:
            operations.save_draft(
                fresh,
                values=form.values(),
                posts=posts.plans(),
                extras=form.extras(),
                seen_version=form.cleaned_data["version"],
                actor=request.actor,
            )
        except StaleVersion:
            return _somebody_was_faster(request, record, form, posts, is_background)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, fresh, is_background)
    if is_background and request.method == "POST":
        return JsonResponse({"saved": False}, status=422)
    context = {"application": record, "form": form, "posts": posts, "rules": rules}
    return show(request, "funding/edit.html", context, status=422 if form.errors or posts.total_error_count() else 200)


def _saved(request, record, is_background):
    if is_background:
        return JsonResponse({"version": record.version})
    messages.success(request, _("Gespeichert."))
    return redirect(record)


def _somebody_was_faster(request, record, form, posts, is_background):
    """Show who changed what beside what was typed; a form that is sent twice meets its own content and is saved."""
    stored = GrantApplication.objects.select_related("saved_by").get(pk=record.pk)
    changes = differences(stored, form, posts.plans())
    if not changes:
        return _saved(request, stored, is_background)
    if is_background:
        return JsonResponse({"saved": False}, status=409)
    sentence = _("%(person)s hat inzwischen gespeichert. Ihre Eingaben stehen unten und sind nicht übernommen.") % {
        "person": stored.saved_by
    }
    return conflict(request, sentence=sentence, changes=changes, back_href=request.path)
