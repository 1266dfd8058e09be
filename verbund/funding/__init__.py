"""The life of a grant: budget title, call, application, decision, notice, drawdown, payment.

Each object has one lifecycle (`lifecycle.py`); every act is an operation that checks, changes, records and announces.
Sums are pure functions (`calculations`), rates and deadlines are rows of `programmes`. What the office sees are
`queries.…_visible_to(actor)`; who may act is answered in `permissions`.
"""
