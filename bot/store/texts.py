"""What people type in, text that every database takes out."""


def storable(text: str, limit: int) -> str:
    """Leave out what PostgreSQL refuses (NUL, lone surrogates), and cut to a length."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:limit]
