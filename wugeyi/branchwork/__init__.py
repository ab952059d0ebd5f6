"""Branch work: duties, decisions, suggestions, terms, trainings, posts."""
