"""The static site of a release."""
