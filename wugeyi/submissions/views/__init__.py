"""Answers to phones, the page of the queue, and the staff's page of conflicts."""
