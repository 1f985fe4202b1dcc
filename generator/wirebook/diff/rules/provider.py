"""Providers, products, servers and settings."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "P001 PROVIDER_REMOVED source break removed P002"
    " | The whole module disappears from the generated package.",
    "P002 PROVIDER_ADDED source safe added P001"
    " | A new module; nothing that exists is touched.",
    "P003 PROVIDER_ID_CHANGED source break changed -"
    " | The import path and the client class change; `renamed_from` would keep the old"
    " ones as deprecated aliases.",
    "P006 DOC_VERSION_CHANGED doc doc changed -"
    " | The provider's document has another version or date: read the cited sections"
    " again.",
    "P007 SOURCE_DOCUMENT_CHANGED doc note changed -"
    " | The cited document is another file: every quote must be found in it again.",
    "P008 STABILITY_CHANGED behaviour note changed -"
    " | A draft promises nothing; a stable provider needs vectors.",
    "P010 PROVIDER_RENAMED_WITH_ALIAS source safe changed P002"
    " | `renamed_from` keeps the old module importable, with a DeprecationWarning.",
    "P011 PRODUCT_REMOVED source break removed P012"
    " | The product's module and its attribute of the client disappear.",
    "P012 PRODUCT_ADDED source safe added P011 | A new module and a new attribute.",
    "P013 CLASS_PREFIX_CHANGED source break changed -"
    " | The client class and every exception class get another name.",
    "P014 PRODUCT_ID_CHANGED source break changed -"
    " | The product's module and its attribute of the client get another name.",
    "T001 SERVER_URL_CHANGED wire risk changed -"
    " | Requests go elsewhere, and credentials go with them.",
    "T002 SETTING_ADDED_REQUIRED source break added T003"
    " | The client's constructor has a new required argument.",
    "T003 SETTING_REMOVED source break removed T010"
    " | An argument of the client's constructor disappears.",
    "T004 SETTING_DEFAULT_CHANGED wire risk changed -"
    " | Callers who rely on the default reach another place.",
    "T005 TLS_POLICY_WEAKENED behaviour break widened T018"
    " | Credentials may now travel over plain HTTP.",
    "T006 HTTP_SUCCESS_CODES_CHANGED behaviour break changed -"
    " | Which replies are read at all changes.",
    "T007 TIMEOUT_CHANGED behaviour note changed -"
    " | A shorter timeout leaves more submissions with an unknown outcome.",
    "T010 SETTING_ADDED_OPTIONAL source safe added T003"
    " | A new keyword argument with a default.",
    "T011 SETTING_NARROWED behaviour break narrowed T012"
    " | A value that was accepted is refused by the constructor.",
    "T012 SETTING_WIDENED behaviour safe widened T011 | More values are accepted.",
    "T013 ENVIRONMENT_NAME_CHANGED behaviour break changed -"
    " | A value that stands in the environment is no longer found.",
    "T014 SERVER_ADDED source safe added T015 | One more address to choose from.",
    "T015 SERVER_REMOVED source break removed T014"
    " | Callers who name this server fail.",
    "T016 FIRST_SERVER_CHANGED wire risk changed -"
    " | The first server is the default: requests go elsewhere, with credentials.",
    "T017 SERVER_RENAMED source break changed -"
    " | Same address, another name for it: callers who name the server fail.",
    "T018 TLS_POLICY_STRENGTHENED behaviour risk narrowed T005"
    " | Plain HTTP is refused now; a caller that relied on it fails.",
    "T019 SETTING_RENAMED source break changed -"
    " | A keyword argument of the constructor gets another name.",
    "T020 SETTING_BECAME_REQUIRED source break narrowed T021"
    " | The constructor demands what it used to assume.",
    "T021 SETTING_BECAME_OPTIONAL source safe widened T020"
    " | The constructor assumes what it used to demand.",
)
