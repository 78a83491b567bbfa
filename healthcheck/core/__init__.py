"""The domain: questionnaires, answers, journeys and scores. Pure; standard library only."""
