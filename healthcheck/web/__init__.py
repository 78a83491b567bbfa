"""The pages: Flask, WTForms and Jinja. Data is reached through services only."""
