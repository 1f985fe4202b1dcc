"""Turn a provider's documented HTTP API into a typed Python client."""

__version__ = "0.1.0"
