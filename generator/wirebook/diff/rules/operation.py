"""Operations, their variants, callbacks and segment counts."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "O001 OPERATION_REMOVED source break removed O003 | The method disappears.",
    "O002 OPERATION_REMOVED_AFTER_DEPRECATION source note removed O003"
    " | The method disappears, as its deprecation announced.",
    "O003 OPERATION_ADDED source safe added O001 | A new method.",
    "O004 OPERATION_RENAMED_WITH_ALIAS source safe changed N001"
    " | `renamed_from` keeps the old name, with a DeprecationWarning.",
    "O005 OPERATION_RENAMED source break changed -"
    " | The same request under another name: every call site fails.",
    "O006 METHOD_CHANGED wire break changed -"
    " | Another request, even where GET becoming POST moves secrets out of logs.",
    "O007 PATH_CHANGED wire break changed - | Another endpoint.",
    "O008 FIXED_PARAMETER_CHANGED wire break changed -"
    " | Constants such as `action` often are what chooses the operation.",
    "O009 BODY_KIND_CHANGED wire break changed -"
    " | Query, form, JSON or XML, and how the body is built.",
    "O010 URL_ENCODING_CHANGED wire break changed -"
    " | A space as + or %20, ~ escaped or not: other bytes, other signatures.",
    "O011 OPERATION_DEPRECATED behaviour note added O012"
    " | Calls raise a DeprecationWarning; tests that forbid warnings fail.",
    "O012 OPERATION_REACTIVATED behaviour safe removed O011 | The warning goes away.",
    "O013 EFFECTS_WEAKENED behaviour break widened O014"
    " | What submits or changes is said to do less: it may now be sent again after an"
    " unknown outcome, and a paid message goes out twice.",
    "O014 EFFECTS_STRENGTHENED behaviour risk narrowed O013"
    " | Reads lose their automatic repetition.",
    "O016 HEADER_CHANGED wire break changed -"
    " | A literal header of the request is renamed, added, dropped or has another"
    " value.",
    "O018 PAGING_CHANGED behaviour break changed -"
    " | Which pages are asked for, and when the iteration ends.",
    "O019 POLLING_CHANGED behaviour risk changed -"
    " | How the state of a message is asked for later.",
    "O020 RECONCILE_CHANGED behaviour risk changed -"
    " | How an unknown outcome is cleared up.",
    "O021 VARIANT_ADDED source safe added O022 | Another wire form to choose from.",
    "O022 VARIANT_REMOVED source break removed O021"
    " | Callers who choose this wire form fail.",
    "O023 MAIN_VARIANT_CHANGED wire break changed -"
    " | The first variant is what goes out when nobody chooses.",
    "C001 CALLBACK_ADDED source safe added C002 | A new parser for a push.",
    "C002 CALLBACK_REMOVED source break removed C001"
    " | The parser of a push disappears.",
    "C003 CALLBACK_MODEL_CHANGED source break changed -"
    " | The parser returns another type.",
    "C004 CALLBACK_FORMAT_CHANGED wire break changed -"
    " | The pushed bytes are read in another way.",
    "C005 CALLBACK_ANSWER_CHANGED wire break changed -"
    " | What tells the provider that the push has arrived; a wrong answer makes it"
    " push again, or stop.",
    "C006 CALLBACK_RENAMED source break changed -"
    " | The parser of a push gets another name.",
    "G001 SEGMENT_RULE_ADDED behaviour note added G002"
    " | The number of billed messages is known in more cases.",
    "G002 SEGMENT_RULE_REMOVED behaviour risk removed G001"
    " | The number of billed messages is no longer known here.",
    "G003 SEGMENT_COUNT_CHANGED behaviour risk changed -"
    " | The same text is counted as another number of billed messages.",
    "N001 ALIAS_REMOVED source break removed N002"
    " | The old name, kept with a warning so far, is gone.",
    "N002 ALIAS_ADDED source safe added N001"
    " | An older name is accepted, with a DeprecationWarning.",
    "N003 RENAMED_WITH_ALIAS source safe changed N001"
    " | `renamed_from` keeps the old name, with a DeprecationWarning.",
)
