"""Which account a payment goes to: the one in force, whatever account the call named on its day."""

from collections.abc import Iterable

from verbund.core import audit
from verbund.funding import queries
from verbund.funding.models import Drawdown


def move_to_accounts_in_force(drawdowns: Iterable[Drawdown]) -> list[audit.Act]:
    """Let calls be paid to the accounts that count now; return what is to be recorded of it.

    An account counts because two persons confirmed it; one that was replaced meanwhile gets nothing any more.
    """
    drawdowns = list(drawdowns)
    in_force = queries.accounts_in_force({one.account.carrier_id for one in drawdowns})
    acts = []
    for one in drawdowns:
        account = in_force[one.account.carrier_id]
        if account.pk != one.account_id:
            before, after = {"iban": one.account.iban}, {"iban": account.iban}
            one.account = account
            one.save(update_fields=["account"])
            acts.append(audit.Act("move_to_account_in_force", one, before=before, after=after))
    return acts
