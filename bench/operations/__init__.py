"""One file per area; each registers its operations with `@operation`."""
