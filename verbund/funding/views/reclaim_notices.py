"""Notices that claim money back: the document, and the same way to being final that a grant's notice goes."""

from django.views.decorators.http import require_POST

from verbund.core import files
from verbund.core.permissions import gate
from verbund.funding import permissions, queries
from verbund.funding.views import remedies


@gate(among=queries.reclaim_notices_visible_to)
def document(request, record):
    return files.respond(record.document)


@require_POST
@gate(among=queries.reclaim_notices_visible_to, may=permissions.can_record_notification)
def notify(request, record):
    return remedies.notify(request, record)


@require_POST
@gate(among=queries.reclaim_notices_visible_to, may=permissions.can_waive_remedy)
def waive(request, record):
    return remedies.waive(request, record)


@gate(among=queries.reclaim_notices_visible_to, may=permissions.can_record_notification)
def mark_remedy(request, record):
    return remedies.mark_remedy(request, record)


@gate(among=queries.reclaim_notices_visible_to, may=permissions.can_record_notification)
def contest(request, record):
    return remedies.contest(request, record)


@gate(among=queries.reclaim_notices_visible_to, may=permissions.can_record_notification)
def settle_contest(request, record):
    return remedies.settle_contest(request, record)
