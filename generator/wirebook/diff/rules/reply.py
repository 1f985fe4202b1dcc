"""Replies: how they are read and what they become."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "R001 REPLY_FORMAT_CHANGED wire break changed - | Another parser reads the reply.",
    "R002 STATUS_LOCATION_CHANGED wire break changed -"
    " | The status is looked for elsewhere.",
    "R003 RECORD_SEPARATOR_CHANGED wire break changed -"
    " | What stands between the records of several recipients.",
    "R004 FIELD_SEPARATOR_CHANGED wire break changed -"
    " | What stands between the fields of a record.",
    "R005 FIELD_ORDER_CHANGED wire break changed -"
    " | The reply is positional: fields swap their meaning.",
    "R006 ELEMENT_NAME_CHANGED wire break changed -"
    " | The root or the repeated element has another name.",
    "R007 ECHO_CHECK_CHANGED wire risk changed -"
    " | Which constant proves that the reply answers this operation.",
    "R008 REPLY_FIELD_ADDED source safe added R009"
    " | The record has one more attribute.",
    "R009 REPLY_FIELD_REMOVED source break removed R008 | The attribute is gone.",
    "R010 REPLY_FIELD_RENAMED source break changed -"
    " | The same wire name under another attribute.",
    "R011 REPLY_FIELD_WIRE_NAME_CHANGED wire break changed -"
    " | The attribute is filled from elsewhere, or no longer.",
    "R012 REPLY_FIELD_TYPE_CHANGED source break changed -"
    " | The attribute has another type.",
    "R013 REPLY_FIELD_BECAME_REQUIRED behaviour risk narrowed R014"
    " | The type is narrower, but a reply without the value cannot be read.",
    "R014 REPLY_FIELD_BECAME_OPTIONAL source break widened R013"
    " | None reaches callers who do not expect it.",
    "R015 REPLY_CARDINALITY_CHANGED source break changed - | One value or a list.",
    "R016 REPLY_MODEL_CHANGED source break changed - | Another type is returned.",
    "R017 REPLY_ENUM_VALUE_ADDED source risk added R018"
    " | Unknown values pass already, but an exhaustive match misses the new one.",
    "R018 REPLY_ENUM_VALUE_REMOVED source break removed R017"
    " | The member of the enum is gone.",
    "R020 PARTIAL_FAILURE_POLICY_CHANGED behaviour break changed -"
    " | Whether a mixed result is returned or raised, and which item belongs to whom.",
    "R021 REPLY_CHARSET_CHANGED wire break changed -"
    " | Every character outside ASCII is read differently.",
    "R023 REPLY_NAME_ALIAS_ADDED wire safe added R024"
    " | One more name under which the value is found.",
    "R024 REPLY_NAME_ALIAS_REMOVED wire break removed R023"
    " | A name under which the value was found is no longer read.",
    "R025 ALTERNATE_ADDED wire risk added R026"
    " | Replies that were read, or refused, by the main shape are read by another.",
    "R026 ALTERNATE_REMOVED wire break removed R025"
    " | Replies of this shape are read by another one, or refused.",
    "R027 ALTERNATE_ORDER_CHANGED wire risk changed -"
    " | The first shape that fits is taken.",
    "R028 REPLY_LIMIT_CHANGED behaviour risk changed -"
    " | How long a reply may be before it is refused.",
    "R029 RESULT_LOCATION_CHANGED wire break changed -"
    " | The result is looked for elsewhere.",
    "R030 REPLY_STRICTNESS_CHANGED wire risk changed -"
    " | Replies with fewer fields, or with white space around them, are read or"
    " refused.",
    "R031 SENTENCE_CHANGED wire break changed -"
    " | Another sentence is recognised in the reply.",
    "R032 ENUM_SPELLING_ADDED wire safe added R033"
    " | Another spelling of the value is recognised.",
    "R033 ENUM_SPELLING_REMOVED wire break removed R032"
    " | A spelling that was recognised is an unknown value.",
    "R034 DELIVERY_STATE_CHANGED behaviour break changed -"
    " | What the value says about the fate of a message.",
    "R035 MODEL_REMOVED source break removed R036 | The class is gone.",
    "R036 MODEL_ADDED source safe added R035 | A new class.",
    "R037 MODEL_RENAMED source break changed -"
    " | The class gets another name: imports fail.",
    "R038 ABSENT_STATUS_CHANGED behaviour break changed -"
    " | Whether a reply without a status is a success.",
    "R039 REPLY_FIELD_DEPRECATED behaviour note added R040"
    " | The attribute is documented as going away.",
    "R040 REPLY_FIELD_REACTIVATED behaviour safe removed R039"
    " | The attribute is documented again.",
)
