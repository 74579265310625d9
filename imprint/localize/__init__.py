"""A Document and a Catalog in, the Document in another language out; and the translator's workflow."""
