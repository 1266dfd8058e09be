"""What waits for a centre from its networks: invite, answers that stay away, mailboxes, minutes, tasks."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.advising import permissions
from verbund.advising.networks import queries, reading
from verbund.core.acting import Actor
from verbund.core.worklist import Task


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return what waits for staff and lead of a centre; six statements, and one for each body's name and day."""
    if not permissions.works_in_centre(actor):
        return []
    names = reading.Names()
    usual = {"centre": actor.label, "deputised": actor.on_behalf_of is not None}
    leads = _("Ihr Zentrum leitet dieses Netzwerk.")
    found = [
        Task(
            title,
            f"{names.of_network(one.network, one.day)}, {one.day:%d.%m.%Y}",
            one.get_absolute_url(),
            due(one),
            reason=leads,
            **usual,
        )
        for title, rows, due in (
            (_("Zur Sitzung einladen"), queries.to_invite(actor, on=on), reading.invite_by),
            (_("Niederschrift freigeben"), queries.without_minutes(actor, on=on), reading.minutes_by),
        )
        for one in rows
    ]
    found += [
        Task(_("Antworten nachfassen"), f"{names.of_network(one.network, one.day)}, {one.day:%d.%m.%Y}",
             f"{one.get_absolute_url()}#antworten", reading.answers_by(one),
             reason=_("Ohne Antwort: %s") % silent, **usual)
        for one, silent in queries.to_follow_up(actor, on=on) if reading.answers_by(one) <= on
    ]  # fmt: skip
    found += [
        Task(_("Postfach berichtigen"), f"{names.of_member(one.member, on)}, {one.member.function}",
             reverse("advising:network-member", args=[one.member_id]), reason=_("Eine Mail kam nicht an."), **usual)
        for one in queries.mailboxes_to_correct(actor, on=on)
    ]  # fmt: skip
    found += [
        Task(_("Aufgabe aus einem Netzwerk"), one.text, one.get_absolute_url(), one.due_on,
             reason=_("Zuständig: %s") % one.centre_function, **usual)
        for one in queries.open_tasks_of_centre(actor)
    ]  # fmt: skip
    left = queries.to_reassign(actor, on=on).count()
    if left:
        url = f"{reverse('advising:network-tasks')}?wer=ausgeschieden"
        reason = _("Das Mitglied ist ausgeschieden.")
        found.append(Task(_("Aufgaben neu vergeben"), _("Offen: %s") % left, url, reason=reason, **usual))
    return found
