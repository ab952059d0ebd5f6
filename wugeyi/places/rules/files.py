"""How files of this app are called."""


def network_name(digest: str) -> str:
    """Return where the network of a digest lies below the app's folder."""
    return f"networks/{digest[:2]}/{digest}.network"
