"""Where things are: walking networks, facilities, homes. Shared by every app above."""
