"""How the pages of funding act: the shared ways, on funding's own form page."""

from functools import partial

from verbund.core.acts import act_at_once
from verbund.core.acts import act_with_form as act_with_form_on

__all__ = ["act_at_once", "act_with_form"]

act_with_form = partial(act_with_form_on, template="funding/act.html")
