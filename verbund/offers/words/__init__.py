"""The words entries are found by, what people look for in vain, and whether translations were checked."""
