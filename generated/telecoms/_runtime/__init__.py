"""The floor that every generated client stands on.

Copied byte for byte into the generated package: hand-written, typed, and free
of anything but the standard library (the HTTP library is reached by one module,
`httpx_transport`, and only when a client sends).
"""
