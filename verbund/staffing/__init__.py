"""Posts and who fills them; knows no money.

A source above (a notice) provides funded posts; the lead of the centre records who holds them, with share, days and
confirmed qualification, never more than there is on a day. Then the teachers whom the school ministry seconds.

A centre or its carrier requests teacher posts for a grant year, up to the number the guideline names. The school
ministry confirms or declines. The centre then records who fills them by secondment: a function, a share, a period, no
name. On no day is more seconded than confirmed.
"""
