"""Markdown and data in, a Document out."""
