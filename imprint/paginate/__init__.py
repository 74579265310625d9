"""One HTML page in, one proven PDF out."""
