"""English: the source of all languages. Each module holds what one speaker says."""
