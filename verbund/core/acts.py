"""The two ways a page acts: with a form, or at once by a button. Both show a refusal without losing what was typed."""

from django.contrib import messages
from django.shortcuts import redirect

from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError, show_on
from verbund.core.views import show


def act_with_form(
    request,
    form,
    act,
    *,
    template: str,
    title: str,
    label: str,
    back: str,
    done: str,
    intro: str = "",
    goes_to_made: bool = False,
    **context,
):
    """Show a form; when it is sent and right, call `act(cleaned_data)`, say what was done and go `back`.

    With `goes_to_made` the way leads to the page of the record that `act` returns. `template` prints `form`, `title`,
    `label`, `back`, `intro` and whatever else is given in `context`.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, done)
            return redirect(made if goes_to_made else back)
    context = {"form": form, "title": title, "label": label, "back": back, "intro": intro, **context}
    return show(request, template, context, status=422 if form.errors else 200)


def act_at_once(request, act, *, back: str, done: str):
    """Call `act()`, say what was done and go `back`; a refusal is a page of its own that leads back."""
    try:
        act()
    except DomainError as refusal:
        return unprocessable(request, sentence=str(refusal), back_href=back)
    messages.success(request, done)
    return redirect(back)
