"""What can be done with an entry now, what not and why; and the small forms of these acts."""

from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.audit import sentence_for
from verbund.core.form_rows import day_field
from verbund.core.lifecycle import NotAllowedNow
from verbund.offers import operations, permissions
from verbund.offers.editing import listing
from verbund.offers.editing.reading import DASH, label_of
from verbund.offers.lifecycle import OFFER, TRIED, OfferStatus, Stage
from verbund.offers.models import Offer


class PauseForm(forms.Form):
    until = day_field(
        gettext_lazy("geschlossen bis"), required=False, help_text=gettext_lazy("letzter Tag; leer: bis auf Weiteres")
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"), max_length=200, help_text=gettext_lazy("zum Beispiel: Sommerpause, Umbau")
    )


class EndForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        max_length=200,
        help_text=gettext_lazy("zum Beispiel: Förderung ausgelaufen, in ein anderes Angebot übergegangen"),
    )


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("neuer Stand"), choices=Stage)
    began_on = day_field(gettext_lazy("seit"))
    planned_until = day_field(
        gettext_lazy("erprobt bis"),
        required=False,
        help_text=gettext_lazy("für Pilot und Erprobung: bis wann entschieden wird, ob das Angebot bleibt"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("warum das Angebot diesen Stand bekommt"),
    )
    evaluation = forms.CharField(
        label=gettext_lazy("Auswertung"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Was hat funktioniert, was nicht? Nötig, wenn eine Erprobung endet."),
    )


def confirm(offer: Offer, *, on: date, actor) -> None:
    """Record that the entry is right. Raises NotAllowedNow where nobody reads it."""
    if not offer.is_public:
        raise NotAllowedNow(_("Prüfen lässt sich nur, was veröffentlicht ist."))
    operations.check_offer(offer, on=on, how=operations.checked_by(offer, actor), actor=actor)


def next_step(offer: Offer, actor, *, on: date) -> dict:
    """Return title and the one primary act, or for whom the entry waits, or that all is done."""
    if offer.status == OfferStatus.ENDED:
        return {"done": _("Das Angebot ist beendet.")}
    if offer.status == OfferStatus.DRAFT:
        if not permissions.can_publish_offer(actor, offer):
            return {"waiting_for": _("Veröffentlichung durch das Zentrum")}
        return {
            "title": _("Prüfen und veröffentlichen"),
            "label": _("Veröffentlichen"),
            "url": _address("offers:publish", offer),
        }
    if offer.valid_until and offer.valid_until < on:
        title = _("Die Laufzeit ist vorbei: verlängern oder beenden")
        return {"title": title, "label": _("Laufzeit ändern"), "url": _address("offers:edit", offer), "is_link": True}
    if listing.is_undecided(offer, on=on):
        title = _("Die Erprobung endete am %(day)s: entscheiden") % {"day": f"{offer.tried_until:%d.%m.%Y}"}
        return {"title": title, "label": _("Entscheiden"), "url": _address("offers:stage", offer), "is_link": True}
    if offer.status == OfferStatus.PAUSED:
        return {
            "title": _("Öffnen, sobald es weitergeht"),
            "label": _("Wieder öffnen"),
            "url": _address("offers:resume", offer),
        }
    if listing.is_old(offer, on=on):
        title = _("Stimmen die Angaben noch?")
        return {"title": title, "label": _("Angaben stimmen"), "url": _address("offers:confirm", offer)}
    return {"done": _("Der Eintrag ist veröffentlicht und geprüft.")}


def acts_of(offer: Offer, actor, *, on: date) -> list[dict]:
    """Return every act with label and address, those that are possible first; `why_not` says why one is not now."""
    moves = OFFER.open_for(offer.status)
    step = next_step(offer, actor, on=on).get("url")
    status = offer.get_status_display()
    not_now = _("nicht möglich, solange der Eintrag im Stand „%s“ ist") % status
    only_centre = "" if permissions.can_publish_offer(actor, offer) else _("macht Ihr Zentrum")
    writes_easy = permissions.is_of_centre(actor, offer.partner)
    table = [
        ("offers:confirm", _("Angaben stimmen"), "" if offer.is_public else not_now, True),
        ("offers:publish", _("Veröffentlichen"), ("" if "publish_offer" in moves else not_now) or only_centre, True),
        ("offers:pause", _("Vorübergehend schließen"), "" if "pause_offer" in moves else not_now, False),
        ("offers:resume", _("Wieder öffnen"), "" if "resume_offer" in moves else not_now, True),
        ("offers:easy-text", _("Leichte Sprache schreiben"), "" if writes_easy else _("macht Ihr Zentrum"), False),
        ("offers:stage", _("Stand der Erprobung ändern"), "", False),
        ("offers:end", _("Beenden"), "" if "end_offer" in moves else not_now, False),
        ("offers:reopen", _("Wieder aufnehmen"), "" if "reopen_offer" in moves else not_now, True),
    ]
    found = [
        {"url": _address(name, offer), "label": label, "why_not": why_not, "by_post": by_post}
        for name, label, why_not, by_post in table
    ]
    return sorted((act for act in found if act["url"] != step), key=lambda act: bool(act["why_not"]))


def steps_of(stages: list) -> list[dict]:
    """Return the course from pilot to permanent as steps: what was, what is now, what is still to be decided."""
    steps = [
        {"label": one.get_stage_display(), "state": "done", "note": _("seit %s") % f"{one.began_on:%d.%m.%Y}"}
        for one in stages
    ]
    if steps:
        last = stages[-1]
        steps[-1]["state"] = "current"
        if last.planned_until:
            steps[-1]["note"] += ", " + _("erprobt bis %s") % f"{last.planned_until:%d.%m.%Y}"
        if last.stage in TRIED:
            steps.append({"label": _("dauerhaft oder beendet"), "state": "todo", "note": _("noch nicht entschieden")})
    return steps


def _address(name: str, offer: Offer) -> str:
    return reverse(name, args=[offer.pk])


def readable(history: list[dict], *, with_payers: bool = False) -> list[dict]:
    """Return a history without empty values, and in which what is kept as data only says that it changed.

    Kept as data: places, hours, languages, terms. Who pays is left out unless `with_payers`.
    """
    if not with_payers:
        history = [entry for entry in history if entry["what"] != sentence_for("say_who_pays", Offer._meta.label)]
    as_data = {label_of(name) for name in ("at", "terms", "languages")}
    for entry in history:
        entry["changes"] = [
            change for change in entry["changes"] if (change["before"], change["after"]) != (DASH, DASH)
        ]
        for change in entry["changes"]:
            if change["label"] in as_data:
                change["before"], change["after"] = "", _("geändert")
            elif change["before"] == DASH:
                change["before"] = ""
            elif change["after"] == DASH:
                change["after"] = _("leer")
    return history
