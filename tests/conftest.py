"""Settings of all tests."""

from hypothesis import settings

# A busy machine is no fault of the code: nothing here is a test of time.
settings.register_profile("wirebook", deadline=None)
settings.load_profile("wirebook")
