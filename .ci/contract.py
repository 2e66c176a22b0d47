"""Media types of the API that schemathesis cannot write by itself."""

import schemathesis


@schemathesis.serializer("application/x-ndjson", "text/csv")
def text(ctx, value):
    """A text goes as it is."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else str(value).encode()
