"""A Document and templates in, one HTML page out."""
