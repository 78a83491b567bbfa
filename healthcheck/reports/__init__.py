"""Reports: every word and number decided once, then drawn as a page or as a PDF."""
