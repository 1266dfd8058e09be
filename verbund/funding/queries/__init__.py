"""What can be asked of funding, and what a person may see of it. What is not visible does not exist for them."""

from verbund.funding.queries.applications import (
    applications_visible_to,
    attachments_visible_to,
    checklist_of,
    comments_visible_to,
    decisions_visible_to,
    earlier_application,
    hearings_visible_to,
    information_requests_visible_to,
    submissions_visible_to,
)
from verbund.funding.queries.audits import auditors_for, carriers_for_audit, centres_for_audit, mandates_visible_to
from verbund.funding.queries.grants import (
    amount_claimed,
    change_requests_visible_to,
    grants_of_centre,
    instalments_visible_to,
    notices_visible_to,
    other_grants,
    posts_granted,
    reclaims_visible_to,
    valid_notice,
    version_on,
    versions_of,
)
from verbund.funding.queries.money import (
    accounts_visible_to,
    calls_open_for,
    calls_visible_to,
    drawdowns_visible_to,
    titles_visible_to,
)
from verbund.funding.queries.retention import files_in_retention, holds_visible_to
from verbund.funding.worklist import tasks_for

__all__ = [
    "accounts_visible_to",
    "amount_claimed",
    "applications_visible_to",
    "attachments_visible_to",
    "auditors_for",
    "calls_open_for",
    "calls_visible_to",
    "carriers_for_audit",
    "centres_for_audit",
    "change_requests_visible_to",
    "checklist_of",
    "comments_visible_to",
    "decisions_visible_to",
    "drawdowns_visible_to",
    "earlier_application",
    "files_in_retention",
    "grants_of_centre",
    "hearings_visible_to",
    "holds_visible_to",
    "information_requests_visible_to",
    "instalments_visible_to",
    "mandates_visible_to",
    "notices_visible_to",
    "other_grants",
    "posts_granted",
    "reclaims_visible_to",
    "submissions_visible_to",
    "tasks_for",
    "titles_visible_to",
    "valid_notice",
    "version_on",
    "versions_of",
]
