"""Personal data of the centres' work: who recorded what, and functions; never anybody who was advised."""

from django.utils.translation import gettext_lazy as _

BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; Teilhabe- und Integrationsgesetz § 8")

PAID = "attributed_to"
"""Under which name the trail keeps what pays for a piece of work: items and shares, which stay in clear text."""

from verbund.advising.privacy import accompaniments, enquiries, networks, openings, requests, ventures  # noqa: E402, F401
