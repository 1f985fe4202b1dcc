"""Status tables: what codes mean, and what may be done about them."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "S001 STATUS_TABLE_REMOVED source break removed S002"
    " | The enum and its meanings are gone.",
    "S002 STATUS_TABLE_ADDED source safe added S001 | A new enum.",
    "S003 STATUS_ENUM_RENAMED source break changed -"
    " | The enum class gets another name: imports fail.",
    "S004 STATUS_CODE_ADDED behaviour risk added S005"
    " | It was an unknown status and is a known one now: another exception may be"
    " raised than callers caught before.",
    "S005 STATUS_CODE_REMOVED source break removed S004"
    " | The member is gone, and the code is an unknown status.",
    "S006 STATUS_NAME_CHANGED source break changed -"
    " | The same code under another member name.",
    "S007 STATUS_CODE_VALUE_CHANGED behaviour break changed -"
    " | The same member for another code: replies are matched differently.",
    "S008 STATUS_MEANING_CHANGED doc risk changed -"
    " | The provider's words for a code changed: a person must say whether the wording"
    " or the meaning did.",
    "S009 STATUS_CATEGORY_CHANGED source break changed -"
    " | Another exception class: `except` clauses stop matching.",
    "S010 SUCCESS_SET_CHANGED behaviour break changed -"
    " | A reply that raised now returns, or the reverse.",
    "S011 RAW_MESSAGE_POLICY_CHANGED behaviour note changed -"
    " | Where the provider's own words on an exception come from.",
    "S012 STATUS_CODE_TYPE_CHANGED source break changed -"
    " | Members are numbers or texts, and 08 equals 8 or does not.",
    "S013 UNKNOWN_CODE_POLICY_CHANGED behaviour break changed -"
    " | What happens for codes that are not listed one by one.",
    "S014 OPERATION_TABLE_CHANGED behaviour break changed -"
    " | The same number means something else in another table.",
    "S015 OPERATION_SUBSET_EXTENDED behaviour note widened S016"
    " | The code is documented for this operation now.",
    "S016 OPERATION_SUBSET_REDUCED behaviour risk narrowed S015"
    " | The code is unexpected for this operation now.",
    "S017 OPERATION_STATUS_OVERRIDE_CHANGED behaviour risk changed -"
    " | The operation's own wording of a code changed.",
    "S018 STATUS_DEPRECATED behaviour note added S022"
    " | The code is kept for matching only.",
    "S019 RETIRED_NAMES_CHANGED doc doc changed -"
    " | Which former names must not be used again.",
    "S020 CODE_ALIAS_ADDED behaviour risk added S021"
    " | A code that was unknown is read as this one.",
    "S021 CODE_ALIAS_REMOVED behaviour break removed S020"
    " | A code that was read as this one is unknown.",
    "S022 STATUS_REACTIVATED behaviour safe removed S018"
    " | The code is documented again.",
    "E001 RETRY_LOOSENED behaviour break widened E002"
    " | A call may be sent again that was not: a paid message may go out twice.",
    "E002 RETRY_TIGHTENED behaviour risk narrowed E001"
    " | Fewer calls recover by themselves.",
    "E003 EFFECT_CERTAINTY_CHANGED behaviour break changed -"
    " | What the code proves about the submission: `none` says that it is safe to send"
    " again.",
    "E004 RETRY_DEFAULT_CHANGED behaviour break changed -"
    " | Touches every code of the table without an entry of its own.",
    "E005 RETRY_LIMIT_CHANGED behaviour note changed -"
    " | How often, and after how long.",
    "E006 TIMEOUT_RETRY_CHANGED behaviour break changed -"
    " | Whether a call is sent again after its answer was lost.",
    "E008 RATE_LIMIT_CHANGED behaviour note changed - | How fast calls may follow.",
    "E009 DUPLICATE_MEANING_CHANGED behaviour break changed -"
    " | Whether a refusal as a duplicate means that the first attempt succeeded.",
    "E010 SESSION_RENEWAL_CHANGED behaviour risk changed -"
    " | Whether the code makes the client fetch a new token.",
)
