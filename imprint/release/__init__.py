"""Artifacts in, a published release out."""
