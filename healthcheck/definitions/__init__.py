"""What people write in files: YAML in, checked core values or problems out.

Questionnaires, answers, workload schemes and teams.

The only room that knows YAML and pydantic. It imports the core and nothing else of the product.
"""
