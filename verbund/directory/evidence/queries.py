"""What can be asked about the facts and contacts of centres."""

from verbund.directory.models import CentreContact, CentreFact


def facts_visible_to(actor):
    """Return all facts about centres: they are public."""
    return CentreFact.objects.select_related("centre__organisation")


def contacts_visible_to(actor):
    """Return all contacts of centres: they are public."""
    return CentreContact.objects.select_related("centre__organisation")
