"""One edit of a spec for every rule of `wirebook diff`."""

from __future__ import annotations

from tests.support.mutated import (
    auth,
    operations,
    parameters,
    replies,
    servers,
    statuses,
    words,
)

MUTATIONS = (
    *servers.MUTATIONS,
    *auth.MUTATIONS,
    *operations.MUTATIONS,
    *parameters.MUTATIONS,
    *statuses.MUTATIONS,
    *replies.MUTATIONS,
    *words.MUTATIONS,
)
OTHERWISE = {
    "P001": "test_comparison",
    "P002": "test_comparison",
    "P003": "test_comparison",
    "P010": "test_comparison",
    "P011": "test_comparison",
    "P012": "test_comparison",
    "P014": "test_comparison",
    "Q024": "test_silence",
    "D010": "test_silence",
    "M002": "test_fuzz",
    "M003": "test_diff_command",
    "M004": "test_acceptance",
}
"""Rules that need more than an edit of one provider, and where they are proven."""
