"""The print shop's PDF: PDF/X-4 in CMYK, with bleed and marks, in whole sheets."""
