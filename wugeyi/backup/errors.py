"""Why a backup or a restore does not go on, in words for the operator."""


class Stopped(Exception):
    """Nothing was changed; the text says why and what to do."""
