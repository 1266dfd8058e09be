"""What advising hears from below."""

from django.dispatch import receiver

from verbund.advising.accompaniments import operations
from verbund.advising.models import InterculturalOpening
from verbund.offers.signals import partner_renamed


@receiver(partner_renamed)
def rename_what_is_paid(sender, partner, **_others) -> None:
    """Let what pays for work with a provider say its new name."""
    operations.rename_what_is_paid(partner.accompaniments.all())
    operations.rename_what_is_paid(InterculturalOpening.objects.filter(partner=partner))
