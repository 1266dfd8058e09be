"""What a grant has paid for beside offers: visits, meetings, pilots, by cost item."""

from django.core.paginator import Paginator
from django.views.decorators.http import require_safe

from verbund.core.money import percent
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import queries
from verbund.funding.parties import works_in_centre

PAGE_SIZE = 50


@require_safe
@gate(among=queries.notices_visible_to)
def attributed(request, notice):
    """The sums by cost item for all who read the notice; what it was, one by one, only for the centre itself."""
    found = queries.attributed_to(notice)
    page = None
    if works_in_centre(request.actor, notice.application.centre_id):
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))
        for row in page:
            row.percent = percent(row.share)
    context = {"notice": notice, "sums": queries.attributed_sums(notice), "page": page}
    return show(request, "funding/attributed.html", context)
