"""Forms: the only room that knows WTForms."""
