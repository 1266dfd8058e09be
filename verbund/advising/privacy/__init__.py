"""Personal data of the centres' work: who recorded what, and functions; never anybody who was advised."""

from django.utils.translation import gettext_lazy as _

BASIS = _("Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW; Teilhabe- und Integrationsgesetz § 8")

from verbund.advising.privacy import accompaniments, enquiries, networks, openings, requests, ventures  # noqa: E402, F401
