"""What the page of a notice says about its way to being final: notification, period for an action, what may come."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core import dates
from verbund.core.acting import Actor
from verbund.funding import legal_remedy, permissions
from verbund.funding.forms.money import NotificationForm
from verbund.funding.lifecycle import NOTICE, NoticeStatus
from verbund.funding.models import ReclaimNotice
from verbund.funding.models.notices import Notice

TONES = {"ISSUED": "info", "NOTIFIED": "info", "CONTESTED": "warning", "FINAL": "success"}
OF_GRANTS = {
    "notify": "funding:notice-notify",
    "contest": "funding:notice-contest",
    "settle": "funding:notice-settle",
    "remedy": "funding:notice-remedy",
}
OF_CLAIMS = {
    "notify": "funding:reclaim-notice-notify",
    "contest": "funding:reclaim-notice-contest",
    "settle": "funding:reclaim-notice-settle",
    "remedy": "funding:reclaim-notice-remedy",
}


def about(notice: Notice, actor: Actor, *, on: date) -> dict:
    """Return the context of `funding/parts/notification.html` and `funding/parts/remedies.html`."""
    names = OF_CLAIMS if isinstance(notice, ReclaimNotice) else OF_GRANTS
    moves, authority = NOTICE.open_for(notice.status), permissions.can_record_notification(actor, notice)
    is_replaced = getattr(notice, "is_replaced", False)
    return {
        "remedied": notice,
        "can_notify": authority and not is_replaced and "record_notification" in moves,
        "notify_url": reverse(names["notify"], args=[notice.pk]),
        "notification_form": NotificationForm(initial={"how": "ELECTRONIC", "day": on}),
        "appeal_moved": _why_moved(notice),
        "remedy_acts": [
            {"url": reverse(names[name], args=[notice.pk]), "label": label, "kind": kind}
            for name, label, kind, is_open in (
                ("contest", _("Klage festhalten"), "secondary", "contest" in moves),
                ("settle", _("Ende des Klageverfahrens festhalten"), "secondary", "settle_contest" in moves),
                (
                    "remedy",
                    _("Rechtsbehelfsbelehrung war falsch"),
                    "tertiary",
                    notice.remedy_is_correct and not notice.is_final,
                ),
            )
            if authority and is_open
        ],
    }


def _why_moved(notice: Notice) -> str:
    """Return for which days the period for an action ends later than counted; empty if it does not."""
    if notice.appeal_until is None:
        return ""
    nominally = legal_remedy.appeal_nominally_until(notice.notified_on, remedy_is_correct=notice.remedy_is_correct)
    return ", ".join(dates.shift(nominally)[1])


def since(notice: Notice, on: date) -> date | None:
    """Return the day the status of a notice began; a presumed notification may lie ahead."""
    days = {
        NoticeStatus.ISSUED: notice.issued_on,
        NoticeStatus.NOTIFIED: notice.notified_on,
        NoticeStatus.FINAL: notice.final_on,
    }
    found = days.get(NoticeStatus(notice.status))
    return found if found and found <= on else None
