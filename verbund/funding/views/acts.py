"""The two ways a page acts: with a form, or at once by a button. Both show a refusal without losing what was typed."""

from django.contrib import messages
from django.shortcuts import redirect

from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError, show_on
from verbund.core.views import show

PAGE = "funding/act.html"


def act_with_form(
    request, form, act, *, title: str, label: str, back: str, done: str, intro: str = "", template=PAGE, **context
):
    """Show a form; when it is sent and right, call `act(cleaned_data)`, say what was done and go `back`."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
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
