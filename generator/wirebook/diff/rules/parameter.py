"""Parameters: their values, their limits and their bytes."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "Q001 PARAM_ADDED_REQUIRED source break added Q004 | Every call site fails.",
    "Q002 PARAM_ADDED_OPTIONAL source safe added Q004"
    " | Keyword only, and left out of the request when nobody gives it.",
    "Q003 PARAM_ADDED_WITH_SENT_DEFAULT wire risk added Q004"
    " | Every existing call now sends one more field.",
    "Q004 PARAM_REMOVED source break removed Q002"
    " | Call sites raise TypeError, and the field is no longer sent.",
    "Q005 PARAM_RENAMED source break changed -"
    " | The same wire name under another keyword: call sites fail.",
    "Q006 PARAM_RENAMED_WITH_ALIAS source safe changed N001"
    " | The old keyword is accepted, with a DeprecationWarning.",
    "Q007 PARAM_WIRE_NAME_CHANGED wire break changed -"
    " | Callers write the same, the provider sees another field.",
    "Q008 PARAM_BECAME_REQUIRED source break narrowed Q009"
    " | Call sites that leave it out fail.",
    "Q009 PARAM_BECAME_OPTIONAL source safe widened Q008"
    " | It may be left out; overriding methods may need a wider signature.",
    "Q010 PARAM_TYPE_CHANGED source break changed -"
    " | Type checkers refuse the old value, and often the client too.",
    "Q011 PARAM_TYPE_WIDENED behaviour safe widened Q010"
    " | Still the same Python type, with fewer local checks.",
    "Q012 PARAM_CARDINALITY_CHANGED source break changed -"
    " | One value or a list; a str is itself a sequence, so a mistake can pass.",
    "Q013 PARAM_DEFAULT_CHANGED wire break changed -"
    " | The same call sends other bytes and means something else.",
    "Q014 PARAM_PLACE_CHANGED wire break changed -"
    " | The provider looks for it elsewhere.",
    "Q015 PARAM_ORDER_CHANGED wire note changed -"
    " | Fields go out in another order; a break where the order is signed.",
    "Q016 REQUEST_ENUM_VALUE_ADDED source safe added Q017 | One more value to use.",
    "Q017 REQUEST_ENUM_VALUE_REMOVED source break removed Q016"
    " | The member of the enum is gone.",
    "Q018 REQUEST_ENUM_MEMBER_RENAMED source break changed -"
    " | The same wire value under another member name.",
    "Q019 REQUEST_ENUM_WIRE_VALUE_CHANGED wire break changed -"
    " | The same member sends other bytes.",
    "Q020 REQUEST_ENUM_VALUE_RESERVED behaviour risk narrowed Q029"
    " | The client refuses the value before sending.",
    "Q021 PARAM_BECAME_ENUM source break narrowed Q010"
    " | Free text is no longer accepted.",
    "Q022 PII_FLAG_CHANGED behaviour note changed -"
    " | Whether the value is masked in logs.",
    "Q023 PARAM_DEPRECATED behaviour note added Q027"
    " | Using it raises a DeprecationWarning.",
    "Q024 REFACTORED source none changed -"
    " | Defaults written out or left out, sources inherited, files split: as long as"
    " the resolved model is the same, nothing is reported.",
    "Q025 INDEX_RANGE_CHANGED wire break changed -"
    " | p1 to p10 become p0 to p9, or fewer.",
    "Q026 EMPTY_VALUE_POLICY_CHANGED wire risk changed -"
    " | Whether nothing is left out, sent empty, or refused.",
    "Q027 PARAM_REACTIVATED behaviour safe removed Q023 | The warning goes away.",
    "Q028 ENUM_TYPE_CHANGED source break changed -"
    " | Members are numbers or texts, in Python and in JSON.",
    "Q029 REQUEST_ENUM_VALUE_RELEASED behaviour safe widened Q020"
    " | The client no longer refuses the value.",
    "Q030 ENUM_ADDED source safe added Q031 | A new enum class.",
    "Q031 ENUM_REMOVED source break removed Q030 | The enum class is gone.",
    "Q032 ENUM_RENAMED source break changed -"
    " | The enum class gets another name: imports fail.",
    "K001 MAX_LENGTH_DECREASED_OR_SET behaviour break narrowed K002"
    " | A call that was sent is now refused before sending.",
    "K002 MAX_LENGTH_INCREASED_OR_REMOVED behaviour safe widened K001"
    " | The provider still decides.",
    "K003 MIN_LENGTH_INCREASED_OR_SET behaviour break narrowed K004"
    " | A call that was sent is now refused before sending.",
    "K004 MIN_LENGTH_DECREASED_OR_REMOVED behaviour safe widened K003"
    " | The provider still decides.",
    "K005 PATTERN_ADDED_OR_CHANGED behaviour break narrowed K006"
    " | Two patterns cannot be compared in general, so it counts as narrower.",
    "K006 PATTERN_REMOVED behaviour safe widened K005 | A local check is relaxed.",
    "K007 COUNT_NARROWED behaviour break narrowed K008"
    " | A list that was sent is now refused before sending.",
    "K008 COUNT_WIDENED behaviour safe widened K007 | The provider still decides.",
    "K009 CROSS_FIELD_RULE_ADDED behaviour break added K010"
    " | A combination that was sent is now refused before sending.",
    "K010 CROSS_FIELD_RULE_REMOVED behaviour risk removed K009"
    " | A mistake that the client caught now reaches a billed call.",
    "K011 CONDITIONAL_LIMIT_CHANGED behaviour risk changed -"
    " | What holds only under a condition changes.",
    "K012 RANGE_NARROWED behaviour break narrowed K013"
    " | A value that was sent is now refused before sending.",
    "K013 RANGE_WIDENED behaviour safe widened K012 | The provider still decides.",
    "W001 JOIN_SEPARATOR_CHANGED wire break changed -"
    " | How a list travels: its separator, its style, the element of an item.",
    "W002 DATE_FORMAT_CHANGED wire break changed -"
    " | The same moment becomes another text.",
    "W003 CHARSET_CHANGED wire break changed -"
    " | The bytes of every character outside ASCII change.",
    "W004 NUMBER_RENDERING_CHANGED wire risk changed -"
    " | How truth values are spelled.",
    "W005 TEXT_ENCODING_CHANGED wire break changed -"
    " | The value is encoded in another way before it is sent, or after it is read.",
)
