"""Judges a finished PDF, ours or another's: conformance, fonts, structure, reading order, metadata, print."""
