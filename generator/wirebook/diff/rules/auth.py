"""Credentials, signatures and where they travel."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "A001 AUTH_SCHEME_CHANGED wire break changed -"
    " | Other credentials or another way to send them.",
    "A002 CREDENTIAL_ADDED source break added A003"
    " | The client's constructor has a new required argument.",
    "A003 CREDENTIAL_REMOVED source break removed A020"
    " | An argument of the client's constructor disappears.",
    "A004 CREDENTIAL_RENAMED source break changed -"
    " | A keyword argument of the constructor gets another name.",
    "A005 CREDENTIAL_WIRE_NAME_CHANGED wire break changed -"
    " | The provider no longer finds the value.",
    "A006 CREDENTIAL_PLACEMENT_CHANGED wire break changed -"
    " | Header, query or form: the provider looks elsewhere, and what stands in a"
    " query also lands in access logs.",
    "A007 SECRET_FLAG_REMOVED behaviour break removed A008"
    " | The value starts to appear in repr(), logs and exception texts.",
    "A008 SECRET_FLAG_ADDED behaviour safe added A007 | The value is masked.",
    "A009 SIGNATURE_DIGEST_CHANGED wire break changed -"
    " | Another algorithm: the provider refuses every call that it did not announce"
    " this to.",
    "A010 SIGNATURE_INPUT_CHANGED wire break changed -"
    " | What is signed, or its order, changes.",
    "A011 SIGNATURE_ENCODING_CHANGED wire risk changed -"
    " | Hex in another case, or base64; some providers do not care about case.",
    "A012 SIGNATURE_CLOCK_CHANGED wire break changed -"
    " | Seconds, milliseconds or another form of the moment.",
    "A013 AUTH_HEADER_CHANGED wire break changed -"
    " | A header of the scheme is renamed, added or dropped.",
    "A014 CLOCK_SKEW_CHANGED behaviour note changed -"
    " | When the client asks for the server's time, and what it does about a refusal.",
    "A015 CREDENTIAL_PATTERN_CHANGED behaviour risk changed -"
    " | A value that was accepted may be refused by the constructor.",
    "A017 CREDENTIAL_BECAME_OPTIONAL source safe widened A018"
    " | The constructor no longer demands it.",
    "A018 CREDENTIAL_BECAME_REQUIRED source break narrowed A017"
    " | The constructor demands what could be left out.",
    "A020 CREDENTIAL_ADDED_OPTIONAL source safe added A003"
    " | A new keyword argument that may be left out.",
    "A021 AUTH_SCHEME_ADDED wire safe added A022"
    " | Another way to authenticate; operations say whether they use it.",
    "A022 AUTH_SCHEME_REMOVED wire break removed A021"
    " | A way to authenticate disappears.",
    "A023 SESSION_CHANGED behaviour risk changed -"
    " | How a token is fetched, kept or renewed.",
    "A025 AUTH_FIELD_ADDED wire break added A026"
    " | Every request of the scheme carries one more field.",
    "A026 AUTH_FIELD_REMOVED wire break removed A025"
    " | Every request of the scheme lacks a field that it had.",
)
