"""Which sections a publisher's page is proposed to have, and which rule asks for them. Headings only, never facts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from verbund.directory.models import PublisherPage

Kind = PublisherPage.Kind


@dataclass(frozen=True)
class Proposal:
    """A section: its heading, the rule that asks for it, and whether every publisher must have it."""

    heading: str
    hint: str
    is_expected: bool = True


PROPOSALS = {
    Kind.IMPRINT: (
        Proposal(
            _("Anbieter"),
            _("§ 5 Abs. 1 Nr. 1 DDG: Name der Stelle und die Anschrift, unter der sie ihren Sitz hat."),
        ),
        Proposal(
            _("Vertretung"),
            _("§ 5 Abs. 1 Nr. 1 DDG: bei juristischen Personen die Rechtsform und wer sie vertreten darf."),
        ),
        Proposal(
            _("Kontakt"),
            _("§ 5 Abs. 1 Nr. 2 DDG: wie man Sie schnell elektronisch erreicht, auch eine E-Mail-Adresse."),
        ),
        Proposal(
            _("Aufsicht"),
            _("§ 5 Abs. 1 Nr. 3 DDG verlangt sie nur, wo die Tätigkeit eine behördliche Zulassung braucht."),
            is_expected=False,
        ),
        Proposal(
            _("Umsatzsteuer-Identifikationsnummer"),
            _("§ 5 Abs. 1 Nr. 6 DDG: nur, wenn die Stelle eine hat."),
            is_expected=False,
        ),
        Proposal(
            _("Verantwortlich für redaktionelle Inhalte"),
            _("§ 18 Abs. 2 MStV: nur bei journalistisch-redaktionellen Inhalten; dann Name und Anschrift."),
            is_expected=False,
        ),
    ),
    Kind.PRIVACY: (
        Proposal(
            _("Verantwortliche Stelle"),
            _("Art. 13 Abs. 1 Buchst. a DSGVO: Name und Kontaktdaten der Stelle, die die Daten verantwortet."),
        ),
        Proposal(_("Datenschutzbeauftragte"), _("Art. 13 Abs. 1 Buchst. b DSGVO: ihre Kontaktdaten.")),
        Proposal(
            _("Zwecke und Rechtsgrundlagen"),
            _("Art. 13 Abs. 1 Buchst. c DSGVO: wofür Daten verarbeitet werden und worauf sich das stützt."),
        ),
        Proposal(
            _("Empfänger"),
            _("Art. 13 Abs. 1 Buchst. e DSGVO: wer die Daten bekommt, wenn sie weitergegeben werden."),
            is_expected=False,
        ),
        Proposal(
            _("Dauer der Speicherung"),
            _("Art. 13 Abs. 2 Buchst. a DSGVO: wie lange, oder wonach sich die Dauer richtet."),
        ),
        Proposal(
            _("Aufsichtsbehörde"),
            _("Art. 13 Abs. 2 Buchst. d DSGVO: dass man sich dort beschweren kann, und wie man sie erreicht."),
        ),
    ),
    Kind.ACCESSIBILITY: (
        Proposal(
            _("Stand der Vereinbarkeit"),
            _("§ 10b Abs. 2 Nr. 1 BGG NRW: was nicht barrierefrei ist, warum, und welche Alternativen es gibt."),
        ),
        Proposal(
            _("Feedback und Kontakt"),
            _("§ 10b Abs. 2 Nr. 2 BGG NRW: wo man Barrieren meldet und wer dafür zuständig ist."),
        ),
        Proposal(
            _("Ombudsverfahren"),
            _("§ 10b Abs. 2 Nr. 3 BGG NRW: Link zum Ombudsverfahren nach § 10d und Kontaktdaten der Ombudsstelle."),
        ),
    ),
}
"""For each page the sections in their order. DDG § 5, MStV § 18, GDPR art. 13, BGG NRW § 10b (version of 2019)."""


def hint_for(kind: str, heading: str) -> str:
    """Return the rule behind a proposed heading; nothing for a heading of the publisher's own."""
    return next((str(one.hint) for one in PROPOSALS[Kind(kind)] if _same(one.heading, heading)), "")


def is_proposed(kind: str, heading: str) -> bool:
    return any(_same(one.heading, heading) for one in PROPOSALS[Kind(kind)])


def missing_in(kind: str, headings) -> list[str]:
    """Return the headings every publisher must have and that are not among these."""
    return [
        str(one.heading)
        for one in PROPOSALS[Kind(kind)]
        if one.is_expected and not any(_same(one.heading, heading) for heading in headings)
    ]


def _same(proposed, heading: str) -> bool:
    return str(proposed).casefold() == (heading or "").strip().casefold()
