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
from verbund.funding.forms.applications import DraftForm, post_formset
from verbund.funding.models import GrantApplication
from verbund.funding.operations.applications import snapshot
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
        except StaleVersion as refusal:
            return _somebody_was_faster(request, record, form, posts, refusal, is_background)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_background:
                return JsonResponse({"version": fresh.version})
            messages.success(request, _("Gespeichert."))
            return redirect(record)
    if is_background and request.method == "POST":
        return JsonResponse({"saved": False}, status=422)
    context = {"application": record, "form": form, "posts": posts, "rules": rules}
    return show(request, "funding/edit.html", context, status=422 if form.errors or posts.total_error_count() else 200)


def _somebody_was_faster(request, record, form, posts, refusal, is_background):
    if is_background:
        return JsonResponse({"saved": False}, status=409)
    theirs = snapshot(GrantApplication.objects.get(pk=record.pk))
    changes = [
        {"label": form[name].label, "theirs": theirs[name] or "–", "mine": form.cleaned_data[name] or "–"}
        for name in form.values()
        if str(theirs[name] or "") != str(form.cleaned_data[name] or "")
    ]
    mine = ", ".join(f"{plan.label} {plan.full_time_share}" for plan in posts.plans())
    stored = ", ".join(f"{row['post']} {row['full_time_share']}" for row in theirs["posts"])
    if mine != stored:
        changes.append({"label": _("Stellen"), "theirs": stored or "–", "mine": mine or "–"})
    who = record.__class__.objects.get(pk=record.pk).saved_by
    sentence = _("%(person)s hat inzwischen gespeichert. Ihre Eingaben stehen unten und sind nicht übernommen.") % {
        "person": who
    }
    return conflict(request, sentence=sentence, changes=changes, back_href=request.path)
