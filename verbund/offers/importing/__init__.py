"""Taking over entries from a list: a file is read, its columns are assigned, each row is compared with what is there.

`reading` file → rows · `mapping` columns → fields · `values` cell → value · `matching` row → new, changed,
unchanged, suspicious · `operations` what is done with a run · `views` the pages. Nothing is written before
"Übernehmen".
"""
