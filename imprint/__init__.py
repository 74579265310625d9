"""imprint: one source of Markdown and gettext catalogs, every edition of a white paper."""
