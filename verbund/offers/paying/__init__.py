"""What pays for an offer: cost items of the centre's notices, programmes without a notice, other money, with shares.

Kept by the centre; who may read a notice sees which offers it pays for, the public the programme's name as open data.
"""
