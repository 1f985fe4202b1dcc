"""Settings of all tests."""

import signal

from hypothesis import settings

# A busy machine is no fault of the code: nothing here is a test of time.
settings.register_profile("wirebook", deadline=None)
settings.load_profile("wirebook")

# What a shell starts in the background ignores interrupts, and so do the processes that
# it starts: tests that interrupt a call would wait for its end.
signal.signal(signal.SIGINT, signal.default_int_handler)
