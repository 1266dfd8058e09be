"""Who is who in the network: areas, organisations and their names over time, centres and their life, memberships.

Every organisation has validity periods; a centre belongs to its carrier (Kreis, Städteregion or Stadt).
Memberships join people to organisations for a time; rights go with them. Higher apps ask `queries` and `permissions`.
"""
