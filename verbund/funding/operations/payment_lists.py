"""Lists of payments for the cash office: each ordered call for money leaves once, however often somebody presses."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import notifications, queries
from verbund.funding.lifecycle import DrawdownStatus
from verbund.funding.models import Drawdown, PaymentLine, PaymentList, PaymentListDownload
from verbund.funding.operations.payment_accounts import move_to_accounts_in_force

LONGEST_PURPOSE = 140


class NothingToPay(DomainError):
    """Every ordered call is on a list already, or was ordered by the person who would pay."""


class AlreadyPaid(DomainError):
    """A payment that is recorded, or a line that is struck, cannot be struck."""


class AccountReplaced(DomainError):
    """A list that has not been paid transfers nothing to an account that no longer counts."""


class ReasonMissing(DomainError):
    """Striking a line needs a reason."""


@transaction.atomic
def make_payment_list(*, on: date, actor: Actor) -> PaymentList:
    """Put all ordered calls that are on no list yet on a new one, except those the actor verified or ordered.

    A line is what the account gets: an offset stays with the authority. It goes to the account in force on this day,
    also where the call was made while another one counted.
    Locks the ordered calls and then the platform's chain, so that of two cashiers at once the second finds nothing
    left. Raises NothingToPay.
    """
    ordered = Drawdown.objects.filter(status=DrawdownStatus.ORDERED).order_by("pk")
    held = list(locking(ordered).values_list("pk", flat=True))
    audit.hold([audit.PLATFORM])
    free = list(queries.drawdowns_to_list(actor).filter(pk__in=held))
    if not free:
        raise NothingToPay(_("Es gibt keine angeordnete Zahlung, die Sie auf eine neue Liste setzen können."))
    moved = move_to_accounts_in_force(free)
    number = (PaymentList.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    made = PaymentList.objects.create(number=number, made_on=on, **actor.signs("made"))
    PaymentLine.objects.bulk_create(_line(made, place, one) for place, one in enumerate(free, start=1))
    after = {"number": number, "count": len(free), "amount": sum(one.amount_to_transfer for one in free)}
    listed = audit.Act("make_payment_list", made, after=after, organisation_id=audit.PLATFORM)
    audit.record_many([listed, *moved], actor=actor)
    return made


def _line(made: PaymentList, place: int, drawdown: Drawdown) -> PaymentLine:
    application = drawdown.notice.application
    purpose = _("Zuwendung %(year)s, %(centre)s") % {"year": application.call.budget_year, "centre": application.centre}
    return PaymentLine(
        payment_list=made,
        drawdown=drawdown,
        number=place,
        holder=drawdown.account.holder,
        iban=drawdown.account.iban,
        amount=drawdown.amount_to_transfer,
        reference=f"{drawdown.notice.file_reference}/{drawdown.pk}",
        purpose=purpose[:LONGEST_PURPOSE],
    )


@transaction.atomic
def strike_payment_line(line: PaymentLine, *, reason: str, on: date, actor: Actor) -> None:
    """Take a payment off its list before it is paid; the call goes on the next list. Raises AlreadyPaid."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund."), field="reason")
    drawdown = locking(Drawdown.objects).get(pk=line.drawdown_id)
    current = locking(PaymentLine.objects).get(pk=line.pk)
    if drawdown.status != DrawdownStatus.ORDERED:
        raise AlreadyPaid(_("Diese Zahlung ist schon festgehalten; sie lässt sich nicht mehr streichen."))
    if current.struck_on is not None:
        raise AlreadyPaid(_("Diese Zeile ist schon gestrichen."))
    changes = {"struck_on": on, "strike_reason": reason.strip(), **actor.signs("struck")}
    for name, value in changes.items():
        setattr(line, name, value)
    line.save(update_fields=list(changes))
    audit.record("strike_payment_line", line, actor=actor, after={"struck_on": on}, note=reason.strip())
    notifications.tell_about_struck_line(line)


@transaction.atomic
def take_payment_file(payment_list: PaymentList, *, actor: Actor) -> PaymentListDownload:
    """Note that the file of a list leaves the house, and when. Raises AccountReplaced, naming the payment.

    What was paid stays as it was, whatever happened to its account later.
    """
    line = queries.lines_to_replaced_accounts(payment_list).first()
    if line is not None:
        raise AccountReplaced(
            _(
                "Das Konto der Zahlung %(reference)s an %(holder)s ist inzwischen ersetzt. Streichen Sie die Zahlung "
                "von dieser Liste; auf der nächsten steht sie mit dem Konto, das jetzt gilt."
            )
            % {"reference": line.reference, "holder": line.holder}
        )
    taken = PaymentListDownload.objects.create(payment_list=payment_list, taken_by=actor.user)
    audit.record("take_payment_file", payment_list, actor=actor, organisation_id=audit.PLATFORM)
    return taken
