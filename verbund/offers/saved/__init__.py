"""The list on which a visitor keeps entries: in the browser's memory or in an address, without account or cookie.

`service_worker.js` keeps the list, its entries and the last pages of the finder readable without network; what it may
keep, the pages say themselves (`views.pages.COPY`).
"""
