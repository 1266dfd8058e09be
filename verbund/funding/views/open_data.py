"""Open data on grants: the file, and the page that says what is in it and why."""

import hashlib
import json

from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.funding import letters, open_data, permissions, publication


@require_safe
@public
def about(request):
    """What is published, under which rule, at which address."""
    context = {
        "rules": publication.rules_in_force(on=today()),
        "count": len(publication.published_grants(on=today())),
        "keeps": permissions.keeps_remedies(request.actor),
        "url": request.build_absolute_uri(reverse("funding:open-data-grants")),
    }
    return show(request, "funding/open_data.html", context)


@require_safe
@public
def grants(request):
    """All public grants in one file, for everybody, unchanged as long as its ETag is."""
    with translation.override("de"):
        found = open_data.package(
            publication.published_grants(on=today()),
            funder=letters.granting_authority(),
            licences={rule.programme_id: rule.licence for rule in publication.rules_in_force(on=today())},
            url=request.build_absolute_uri(request.path),
        )
    content = json.dumps(found, ensure_ascii=False, indent=1).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response = get_conditional_response(request, etag=etag, response=response)
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    return response
