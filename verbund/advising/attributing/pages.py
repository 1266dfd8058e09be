"""The page that says what pays for a piece of work, and how it reads on the page of that piece.

The gate stands at the view of each kind of work, which hands its record here.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from verbund.advising.attributing.forms import Items, share_rows
from verbund.core.error_pages import conflict
from verbund.core.errors import DomainError, show_on
from verbund.core.form_rows import SeenForm
from verbund.core.money import percent
from verbund.core.versions import StaleVersion
from verbund.core.views import show
from verbund.funding import operations, queries


def shown(happening) -> list[dict]:
    """Return what pays for a happening as lines with item, notice and share."""
    rows = queries.attributions_of(happening)
    return [{"item": row.item, "notice": row.notice, "share": percent(row.share)} for row in rows]


def attribution_page(request, happening):
    """Say what pays for a happening, all of it at once."""
    stored = operations.shares_of(happening)
    named = [share.notice_id for share in stored if share.notice_id]
    notices = queries.notices_that_can_pay(request.actor, happening.centre_id, on=happening.counted_on, named=named)
    typed = request.POST if request.method == "POST" else None
    form = SeenForm(typed, initial={"seen": operations.sign_of(stored)})
    rows = share_rows(typed, stored, Items(notices))
    back = happening.get_absolute_url()
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            operations.attribute(happening, rows.as_content(), seen=form.cleaned_data["seen"], actor=request.actor)
        except StaleVersion as refusal:
            return _somebody_was_faster(request, refusal, happening)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect(f"{back}#bezahlt")
    is_refused = bool(form.errors or (rows.is_bound and not rows.is_valid()))
    context = {"happening": happening, "form": form, "rows": rows, "back": back}
    return show(request, "advising/attributing/form.html", context, status=422 if is_refused else 200)


def _somebody_was_faster(request, refusal, happening):
    """Show what is stored now."""
    now = "; ".join(f"{line['item']} {line['share']}" for line in shown(happening))
    sentence = _("%(refusal)s Jetzt steht dort: %(now)s") % {"refusal": refusal, "now": now or _("nichts")}
    return conflict(request, sentence=sentence, back_href=request.path)
