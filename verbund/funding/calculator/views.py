"""The page of the calculator: everything typed stands in the address, so that a computation can be passed on."""

from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.funding.calculator.forms import PROGRAMME, GrantForm, calculate, post_forms
from verbund.programmes import queries as programmes


@require_safe
@public
def calculator(request):
    """Compute a base grant from what was typed, and show the working with the source of each rule."""
    data = request.GET if "year" in request.GET else None
    form = GrantForm(data, initial={"year": today().year})
    posts = post_forms(data)
    result = calculate(form, posts) if data is not None else None
    guideline = programmes.guideline_for(PROGRAMME, form.cleaned_data["year"]) if result else None
    context = {"form": form, "posts": posts, "result": result, "guideline": guideline}
    return show(request, "funding/calculator.html", context, status=422 if data is not None and not result else 200)
