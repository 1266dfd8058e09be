"""Who hears what in the life of a grant: all letters of this app on one page.

Everything is written in the transaction of the act; keys keep a message from going out twice.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.money import format_euro
from verbund.core.notifications import tell
from verbund.directory.models import Membership, Organisation
from verbund.directory.queries import valid_on
from verbund.funding.models import ReclaimNotice


def people_in(*roles: str, carrier_id: int | None = None):
    """Return the people who hold one of the functions today; with `carrier_id` those of that carrier and its centre."""
    memberships = Membership.objects.filter(valid_on(today()), role__in=roles)
    if carrier_id is not None:
        memberships = memberships.filter(Q(organisation_id=carrier_id) | Q(organisation__centre__carrier_id=carrier_id))
    return User.objects.filter(pk__in=memberships.values("user_id"), is_active=True)


def _general_coordinators():
    """Return the coordinators of the general unit; the one for schools does not read base grants."""
    memberships = Membership.objects.filter(valid_on(today()), role=Role.COORDINATOR).exclude(
        organisation__field=Organisation.Field.EDUCATION
    )
    return User.objects.filter(pk__in=memberships.values("user_id"), is_active=True)


def _tell(people, text: str, url: str, *, key: str) -> None:
    for person in people:
        tell(person, text, url, key=key)


def of_carrier(application, *roles):
    return people_in(*(roles or (Role.CENTRE_LEAD, Role.CENTRE_STAFF)), carrier_id=application.carrier_id)


def _key(event: str, record, *parts) -> str:
    return ":".join(["funding", event, str(record.pk), *map(str, parts)])


def _officer_of(application):
    if application.officer_id:
        return User.objects.filter(pk=application.officer_id)
    return people_in(Role.GRANT_OFFICER)


def tell_signatories(application) -> None:
    text = _("Ein Antrag wartet auf Ihre Mitzeichnung: %(application)s.") % {"application": application}
    people = of_carrier(application, Role.SIGNATORY, Role.TREASURY).exclude(pk=application.offered_by_id)
    _tell(people, text, application.get_absolute_url(), key=_key("offered", application, application.version))


def tell_authority_about_submission(application) -> None:
    text = _("Eingegangen: %(application)s, Aktenzeichen %(reference)s.") % {
        "application": application,
        "reference": application.file_reference,
    }
    _tell(
        _officer_of(application),
        text,
        application.get_absolute_url(),
        key=_key("submitted", application, application.version),
    )


def tell_authority_about_withdrawal(application) -> None:
    if application.received_on is None:
        return
    text = _("Zurückgezogen: %(application)s.") % {"application": application}
    _tell(_officer_of(application), text, application.get_absolute_url(), key=_key("withdrawn", application))


def tell_coordination_about_invitation(application) -> None:
    text = _("Sie sind eingeladen, einen Entwurf zu kommentieren: %(application)s.") % {"application": application}
    _tell(_general_coordinators(), text, application.get_absolute_url(), key=_key("invited", application))


def tell_centre_about_comment(comment) -> None:
    application = comment.application
    text = _("Neuer Kommentar zum Entwurf: %(application)s.") % {"application": application}
    _tell(of_carrier(application), text, application.get_absolute_url(), key=_key("comment", comment))


def tell_centre_about_window(window) -> None:
    """Tell a centre that it has longer to apply; `window` carries `ends_on` and `reason`."""
    text = _("Die Antragsfrist für %(call)s ist für Ihr Zentrum bis %(day)s verlängert.") % {
        "call": window.call,
        "day": f"{window.ends_on:%d.%m.%Y}",
    }
    people = people_in(Role.CENTRE_LEAD, Role.CENTRE_STAFF, carrier_id=window.centre.carrier_id)
    _tell(people, text, window.get_absolute_url(), key=_key("window", window, window.ends_on))


def tell_carrier_about_request(request) -> None:
    application = request.application
    text = _("Die Bewilligungsbehörde hat Fragen zu %(application)s; Antwort bis %(day)s.") % {
        "application": application,
        "day": f"{request.due_on:%d.%m.%Y}",
    }
    _tell(of_carrier(application), text, application.get_absolute_url(), key=_key("request", request))


def tell_officer_about_answer(request) -> None:
    application = request.application
    text = _("Beantwortet: Nachforderung zu %(application)s.") % {"application": application}
    _tell(_officer_of(application), text, application.get_absolute_url(), key=_key("answer", request))


def tell_carrier_about_hand_back(application) -> None:
    text = _("Zur Überarbeitung zurückgegeben: %(application)s.") % {"application": application}
    _tell(
        of_carrier(application),
        text,
        application.get_absolute_url(),
        key=_key("handed-back", application, application.version),
    )


def tell_approvers(decision) -> None:
    text = _("Eine Entscheidung wartet auf Ihre Zeichnung: %(application)s.") % {"application": decision.application}
    people = people_in(Role.GRANT_APPROVER).exclude(pk=decision.proposed_by_id)
    _tell(people, text, decision.application.get_absolute_url(), key=_key("proposed", decision))


def tell_officer_about_rejection(decision) -> None:
    text = _("Nicht gezeichnet, bitte prüfen: %(application)s.") % {"application": decision.application}
    people = User.objects.filter(pk=decision.proposed_by_id)
    _tell(people, text, decision.application.get_absolute_url(), key=_key("rejected", decision))


def tell_carrier_about_notice(notice) -> None:
    text = _("Der Bescheid %(reference)s liegt vor.") % {"reference": notice.file_reference}
    people = of_carrier(notice.application, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)
    _tell(people, text, notice.get_absolute_url(), key=_key("notice", notice))


def tell_both_that_final(notice) -> None:
    if isinstance(notice, ReclaimNotice):
        text = _("Bestandskräftig: Erstattungsbescheid zu %(reclaim)s, Verwendungszweck %(reference)s.")
        _about_reclaim(_payers(notice.reclaim), text, notice.reclaim, "reclaim-final")
        return
    if not notice.is_grant:
        return
    text = _("Bestandskräftig: Bescheid %(reference)s. Mittel können abgerufen werden.") % {
        "reference": notice.file_reference
    }
    _tell(of_carrier(notice.application, Role.TREASURY), text, notice.get_absolute_url(), key=_key("final", notice))


def tell_carrier_about_account(account) -> None:
    text = _("Ein neues Konto für Zuwendungen wartet auf Ihre Bestätigung.")
    people = people_in(Role.TREASURY, Role.SIGNATORY, carrier_id=account.carrier_id).exclude(pk=account.proposed_by_id)
    _tell(people, text, "/foerderung/konten/", key=_key("account", account))


def tell_officers_about_drawdown(drawdown) -> None:
    text = _("Mittelabruf über %(amount)s zu %(reference)s.") % {
        "amount": format_euro(drawdown.amount),
        "reference": drawdown.notice.file_reference,
    }
    _tell(_officer_of(drawdown.notice.application), text, drawdown.get_absolute_url(), key=_key("drawdown", drawdown))


def tell_approvers_about_drawdown(drawdown) -> None:
    text = _("Eine Auszahlung wartet auf Ihre Anordnung: %(reference)s.") % {
        "reference": drawdown.notice.file_reference
    }
    people = people_in(Role.GRANT_APPROVER).exclude(pk=drawdown.verified_by_id)
    _tell(people, text, drawdown.get_absolute_url(), key=_key("verified", drawdown))


def tell_about_struck_line(line) -> None:
    """Tell the person who ordered a payment that it was taken off its list."""
    text = _("Von der Zahlliste gestrichen: %(reference)s, %(amount)s. Grund: %(reason)s") % {
        "reference": line.reference,
        "amount": format_euro(line.amount),
        "reason": line.strike_reason[:200],
    }
    people = User.objects.filter(pk=line.drawdown.ordered_by_id)
    _tell(people, text, line.drawdown.get_absolute_url(), key=_key("struck", line))


def tell_cashiers_about_order(drawdown) -> None:
    text = _("Angeordnet: %(amount)s zu %(reference)s.") % {
        "amount": format_euro(drawdown.amount),
        "reference": drawdown.notice.file_reference,
    }
    _tell(people_in(Role.CASHIER), text, drawdown.get_absolute_url(), key=_key("ordered", drawdown))


def tell_carrier_about_rejection(drawdown) -> None:
    text = _("Mittelabruf zurückgewiesen: %(reference)s.") % {"reference": drawdown.notice.file_reference}
    people = of_carrier(drawdown.notice.application, Role.TREASURY, Role.SIGNATORY)
    _tell(people, text, drawdown.get_absolute_url(), key=_key("drawdown-rejected", drawdown))


def tell_carrier_about_payment(payment) -> None:
    notice = payment.drawdown.notice
    text = _("Ausgezahlt: %(amount)s zu %(reference)s.") % {
        "amount": format_euro(payment.amount),
        "reference": notice.file_reference,
    }
    _tell(of_carrier(notice.application, Role.TREASURY), text, notice.get_absolute_url(), key=_key("paid", payment))


def tell_carrier_about_hearing(hearing) -> None:
    application = hearing.application
    text = _("Anhörung zu %(application)s; Stellungnahme bis %(day)s.") % {
        "application": application,
        "day": f"{hearing.due_on:%d.%m.%Y}",
    }
    people = of_carrier(application, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)
    _tell(people, text, application.get_absolute_url(), key=_key("hearing", hearing))


def tell_officer_about_hearing_answer(hearing) -> None:
    text = _("Stellungnahme eingegangen: %(application)s.") % {"application": hearing.application}
    _tell(
        _officer_of(hearing.application),
        text,
        hearing.application.get_absolute_url(),
        key=_key("hearing-answered", hearing),
    )


def _about_reclaim(people, sentence: str, reclaim, event: str, *parts, **values) -> None:
    text = sentence % {"reclaim": reclaim, "reference": reclaim.reference_in_groups, **values}
    _tell(people, text, reclaim.get_absolute_url(), key=_key(event, reclaim, *parts))


def _payers(reclaim):
    return of_carrier(reclaim.application, Role.TREASURY, Role.SIGNATORY)


def tell_officer_about_reclaim(reclaim) -> None:
    people, amount = _officer_of(reclaim.application), format_euro(reclaim.principal)
    _about_reclaim(people, _("Zu viel gezahlt: %(amount)s bei %(reclaim)s."), reclaim, "reclaim", amount=amount)


def tell_about_announced_return(reclaim) -> None:
    amount = format_euro(reclaim.principal)
    both = [*_officer_of(reclaim.application), *people_in(Role.CASHIER)]
    text = _("Angekündigt: %(amount)s kommen zurück, Verwendungszweck %(reference)s.")
    _about_reclaim(both, text, reclaim, "return-announced", amount=amount)


def tell_approvers_about_reclaim(reclaim) -> None:
    people = people_in(Role.GRANT_APPROVER).exclude(pk=reclaim.proposed_by_id)
    text = _("Ein Erstattungsbescheid wartet auf Ihre Unterschrift: %(reclaim)s.")
    _about_reclaim(people, text, reclaim, "reclaim-proposed", reclaim.status_since)


def tell_officer_about_rejected_reclaim(reclaim, reason: str) -> None:
    text = _("Erstattung zurückgewiesen: %(reclaim)s. %(reason)s")
    _about_reclaim(
        _officer_of(reclaim.application), text, reclaim, "reclaim-rejected", reclaim.status_since, reason=reason
    )


def tell_carrier_about_reclaim(reclaim) -> None:
    people = of_carrier(reclaim.application, Role.CENTRE_LEAD, Role.TREASURY, Role.SIGNATORY)
    text = _("Erstattungsbescheid: %(reclaim)s, zahlbar bis %(day)s, Verwendungszweck %(reference)s.")
    _about_reclaim(people, text, reclaim, "reclaim-issued", day=f"{reclaim.payable_until:%d.%m.%Y}")


def tell_carrier_about_reminder(reminder) -> None:
    text = _("%(kind)s: %(reclaim)s, offen %(amount)s, zahlbar bis %(day)s.")
    values = {
        "kind": reminder.kind_in_words,
        "amount": format_euro(reminder.amount),
        "day": f"{reminder.payable_until:%d.%m.%Y}",
    }
    reclaim = reminder.reclaim
    _about_reclaim(_payers(reclaim), text, reclaim, "reclaim-reminded", reminder.number, **values)


def tell_approvers_about_relief(relief) -> None:
    people = people_in(Role.GRANT_APPROVER).exclude(pk=relief.proposed_by_id)
    text = _("%(kind)s wartet auf Ihre Unterschrift: %(reclaim)s.")
    _about_reclaim(people, text, relief.reclaim, "relief-proposed", relief.pk, kind=relief.get_kind_display())


def tell_carrier_about_relief(relief) -> None:
    text = _("%(kind)s bewilligt: %(reclaim)s.")
    kind = relief.get_kind_display()
    _about_reclaim(_payers(relief.reclaim), text, relief.reclaim, "relief-granted", relief.pk, kind=kind)


def tell_approvers_about_refund(refund) -> None:
    people = people_in(Role.GRANT_APPROVER).exclude(pk=refund.proposed_by_id)
    text = _("Rückgabe von %(amount)s wartet auf Ihre Unterschrift: %(reclaim)s.")
    _about_reclaim(people, text, refund.reclaim, "refund-proposed", refund.pk, amount=format_euro(refund.amount))


def tell_cashiers_about_refund(refund) -> None:
    text = _("Rückgabe von %(amount)s angeordnet, bitte auszahlen: %(reclaim)s.")
    amount = format_euro(refund.amount)
    _about_reclaim(people_in(Role.CASHIER), text, refund.reclaim, "refund-ordered", refund.pk, amount=amount)


def tell_cashiers_about_rejected_refund(refund, reason: str) -> None:
    text = _("Rückgabe zurückgewiesen: %(reclaim)s. %(reason)s")
    _about_reclaim(people_in(Role.CASHIER), text, refund.reclaim, "refund-rejected", refund.pk, reason=reason)


def tell_carrier_about_offset(offset) -> None:
    text = _("Verrechnet: %(amount)s mit %(reclaim)s.")
    amount = format_euro(offset.amount)
    _about_reclaim(_payers(offset.reclaim), text, offset.reclaim, "offset", offset.pk, amount=amount)


def tell_about_receipt(reclaim, amount, entry) -> None:
    text = _("Eingegangen: %(amount)s zu %(reclaim)s.")
    people = [*_officer_of(reclaim.application), *_payers(reclaim)]
    _about_reclaim(people, text, reclaim, "receipt", entry.pk, amount=format_euro(amount))


def tell_both_that_reclaim_is_settled(reclaim) -> None:
    people = [*_officer_of(reclaim.application), *_payers(reclaim)]
    _about_reclaim(people, _("Erledigt: %(reclaim)s."), reclaim, "reclaim-settled", reclaim.status_since)


def tell_officer_about_change_request(request) -> None:
    text = _("Änderung beantragt: %(application)s.") % {"application": request.application}
    url = request.application.get_absolute_url()
    _tell(_officer_of(request.application), text, url, key=_key("change-requested", request))


def tell_carrier_about_declined_change(request) -> None:
    text = _("Die Zuwendung bleibt wie bewilligt: %(application)s.") % {"application": request.application}
    people = of_carrier(request.application, Role.CENTRE_LEAD, Role.SIGNATORY)
    _tell(people, text, request.application.get_absolute_url(), key=_key("change-declined", request))


def _provers(proof):
    return of_carrier(proof.application, Role.CENTRE_LEAD, Role.TREASURY)


def tell_carrier_about_interim_proof(proof) -> None:
    text = _("Ein Zwischennachweis ist angeordnet: %(application)s, bis %(day)s.") % {
        "application": proof.application,
        "day": f"{proof.due_on:%d.%m.%Y}",
    }
    _tell(_provers(proof), text, proof.get_absolute_url(), key=_key("interim-proof", proof))


def tell_second_signers_about_proof(proof) -> None:
    text = _("Ein Nachweis wartet auf Ihre Mitzeichnung: %(proof)s.") % {"proof": proof}
    people = of_carrier(proof.application, Role.SIGNATORY, Role.TREASURY).exclude(pk=proof.offered_by_id)
    _tell(people, text, proof.get_absolute_url(), key=_key("proof-offered", proof, proof.version))


def tell_authority_about_proof(proof) -> None:
    text = _("Eingegangen: %(proof)s, Aktenzeichen %(reference)s.") % {
        "proof": proof,
        "reference": proof.application.file_reference,
    }
    people = User.objects.filter(pk=proof.officer_id) if proof.officer_id else _officer_of(proof.application)
    _tell(people, text, proof.get_absolute_url(), key=_key("proof-submitted", proof, proof.version))


def tell_carrier_about_returned_proof(proof) -> None:
    text = _("Zur Überarbeitung zurückgegeben: %(proof)s.") % {"proof": proof}
    _tell(_provers(proof), text, proof.get_absolute_url(), key=_key("proof-returned", proof, proof.version))


def tell_approvers_about_proof(decision) -> None:
    text = _("Das Ergebnis einer Prüfung wartet auf Ihre Zeichnung: %(proof)s.") % {"proof": decision.proof}
    people = people_in(Role.GRANT_APPROVER).exclude(pk=decision.proposed_by_id)
    _tell(people, text, decision.proof.get_absolute_url(), key=_key("proof-proposed", decision))


def tell_officer_about_rejected_proof(decision) -> None:
    text = _("Nicht gezeichnet, bitte prüfen: %(proof)s.") % {"proof": decision.proof}
    people = User.objects.filter(pk=decision.proposed_by_id)
    _tell(people, text, decision.proof.get_absolute_url(), key=_key("proof-rejected", decision))


def tell_carrier_about_proof_result(decision) -> None:
    text = _("Der Verwendungsnachweis ist geprüft: %(proof)s.") % {"proof": decision.proof}
    people = of_carrier(decision.proof.application, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)
    _tell(people, text, decision.proof.get_absolute_url(), key=_key("proof-result", decision))


def tell_auditor(mandate) -> None:
    days = {"first": f"{mandate.valid_from:%d.%m.%Y}", "last": f"{mandate.valid_until:%d.%m.%Y}"}
    text = _("Für eine Prüfung stehen Ihnen vom %(first)s bis %(last)s Förderakten offen.") % days
    tell(mandate.auditor.user, text, mandate.get_absolute_url(), key=_key("audit", mandate))
