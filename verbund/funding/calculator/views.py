"""The pages of the calculators: everything typed stands in the address, so that a computation can be passed on."""

from datetime import timedelta

from django.views.decorators.http import require_safe

from verbund.core.dates import WEEKDAYS, today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.funding.calculator.deadline_forms import DeadlineForm, compute_deadline
from verbund.funding.calculator.forms import PROGRAMME, GrantForm, calculate, post_forms
from verbund.funding.calculator.interest_forms import InterestForm, compute_interest, repayment_forms
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
    return _answer(request, "funding/calculator.html", context, data, result)


@require_safe
@public
def interest(request):
    """Compute interest on a reclaimed sum, and show each line with the source of its rates."""
    data = request.GET if "principal" in request.GET else None
    form, repayments = InterestForm(data), repayment_forms(data)
    found = compute_interest(form, repayments) if data is not None else None
    result, rules = found or (None, None)
    context = {"form": form, "repayments": repayments, "result": result, "rules": rules}
    return _answer(request, "funding/calculator_interest.html", context, data, result)


@require_safe
@public
def deadline(request):
    """Compute when something is due, and show each day passed over with its reason."""
    data = request.GET if "day" in request.GET else None
    form = DeadlineForm(data)
    result = compute_deadline(form) if data is not None else None
    context = {"form": form, "result": result}
    if result:
        days = [result.nominal + timedelta(number) for number in range(len(result.because))]
        passed = zip(days, result.because, strict=True)
        context |= {
            "passed": [(day, WEEKDAYS[day.weekday()], reason) for day, reason in passed],
            "due_weekday": WEEKDAYS[result.due.weekday()],
        }
    return _answer(request, "funding/calculator_deadline.html", context, data, result)


def _answer(request, template: str, context: dict, data, result):
    return show(request, template, context, status=422 if data is not None and not result else 200)
