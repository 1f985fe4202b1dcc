"""Vectors, played against the clients that a spec becomes."""
