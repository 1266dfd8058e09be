"""The page for cutting a passage out of a whole.

The gate stands at the view of each kind of work, which hands its record here.
"""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.advising.cutting.forms import CutPassageForm
from verbund.advising.cutting.operations import Reached, cut_passage
from verbund.advising.cutting.reading import suspects_in
from verbund.core.acts import act_with_form


def cut_page(request, whole):
    """Cut a passage out of all texts of a whole; say afterwards where it still stands."""
    initial = {"passage": request.GET.get("stelle", "")[:200]}

    def cut(typed):
        reached = cut_passage(whole, typed["passage"], reason=typed["reason"], actor=request.actor)
        for sentence in _left(reached):
            messages.warning(request, sentence)

    return act_with_form(
        request,
        CutPassageForm(request.POST or None, whole=whole, initial=initial),
        cut,
        template="advising/cutting/form.html",
        title=_("Stelle ausblenden"),
        label=_("Ausblenden"),
        back=whole.get_absolute_url(),
        done=_("Die Stelle ist ausgeblendet, auch im bisherigen Verlauf."),
        subject=whole,
        suspects=suspects_in(whole),
    )


def _left(reached: Reached) -> list[str]:
    """Return what cutting did not reach, in sentences."""
    ask, shown = _("Bitten Sie die Empfänger, sie zu löschen."), _("Die Seite zeigt sie nicht mehr.")
    there = _("Wer sie pflegt, blendet sie dort aus.")
    mails = ngettext(
        "Eine Mail mit der Stelle ist schon hinausgegangen.",
        "%(number)d Mails mit der Stelle sind schon hinausgegangen.",
        reached.sent_mails,
    )
    links = ngettext(
        "Ein Mitglied hat seinen Link schon geöffnet und die Stelle vielleicht gelesen.",
        "%(number)d Links sind schon geöffnet worden, die Stelle wurde vielleicht gelesen.",
        reached.opened_links,
    )
    entries = ngettext(
        "Ein Eintrag im Protokoll ist älter als die Verschlüsselung und enthält sie noch.",
        "%(number)d Einträge im Protokoll sind älter als die Verschlüsselung und enthalten sie noch.",
        reached.older_entries,
    )
    copies = ngettext(
        "Eine Arbeit, die mit diesen Texten begann, enthält sie noch (Öffnung oder gute Praxis).",
        "%(number)d Arbeiten, die mit diesen Texten begannen, enthalten sie noch (Öffnungen oder gute Praxis).",
        reached.copies,
    )
    said = (
        (reached.sent_mails, mails, ask),
        (reached.opened_links, links, ""),
        (reached.older_entries, entries, shown),
        (reached.copies, copies, there),
    )
    return [f"{text % {'number': number}} {advice}".strip() for number, text, advice in said if number]
