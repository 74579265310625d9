"""What would be wrong on the page: a translation and its source in, findings out, by named rules."""
