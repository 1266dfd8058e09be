"""What the platform holds about oneself: as a page and as files to take along (GDPR art. 15 and 20)."""

from django.views.decorators.http import require_safe

from verbund.core.permissions import gate, signed_in
from verbund.core.privacy import information_about
from verbund.core.privacy.reading import as_json, as_pdf, readable
from verbund.core.views import show

FILENAME = "meine-daten"


@require_safe
@gate(may=signed_in)
def own_data(request):
    return show(request, "accounts/own_data.html", {"information": readable(information_about(request.user))})


@require_safe
@gate(may=signed_in)
def own_data_json(request):
    return as_json(information_about(request.user), filename=FILENAME)


@require_safe
@gate(may=signed_in)
def own_data_pdf(request):
    about = f"{request.user.display_name}, {request.user.email}"
    return as_pdf(information_about(request.user), filename=FILENAME, about=about)
