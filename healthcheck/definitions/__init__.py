"""Questionnaires and answers as people write them: YAML in, checked core values or problems out.

The only room that knows YAML and pydantic. It imports the core and nothing else of the product.
"""
