"""How fast we are: `make bench` measures each operation beside a limit of the same machine (docs/how-to/speed.md).

CPU milliseconds per request (user and system, of this process and of PostgreSQL's where it is used) repeat within
10–20 % on a shared machine; requests per second do not. So every figure stands beside its limit, measured in the
same run: what Django itself needs for a bare answer, a page of twenty rows, the same from the database, one insert.
"""
