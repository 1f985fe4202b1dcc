"""Words, sources, judgements, proof; and the rules about reviewing itself."""

from __future__ import annotations

from wirebook.diff.rule import family

RULES = family(
    "D001 DOC_TEXT_CHANGED doc doc changed - | Descriptions only.",
    "D002 PROVENANCE_CHANGED doc doc changed -"
    " | Another section of a document is cited.",
    "D003 PROVENANCE_REMOVED doc risk removed D002" " | A claim has lost its source.",
    "D004 ASSUMPTION_ADDED doc note added D005"
    " | Something that no document says is taken for granted; reviewers must see it.",
    "D005 ASSUMPTION_RESOLVED doc doc removed D004"
    " | Something is no longer taken for granted.",
    "D006 CONTRADICTION_DECISION_CHANGED doc risk changed -"
    " | The other reading of a document was chosen: what cites the note changes what"
    " is sent or done.",
    "D007 VECTOR_ADDED test safe added D009 | More proof.",
    "D008 VECTOR_CHANGED test risk changed -"
    " | What a recorded exchange proves changed; it should come with the change that"
    " makes it necessary.",
    "D009 VECTOR_REMOVED test risk removed D007 | Less proof.",
    "D010 FORMAT_ONLY doc none changed -"
    " | Comments, quotes, the order of keys without a meaning, white space and no-break"
    " spaces in texts: no change.",
    "D011 NOTE_REFERENCE_CHANGED doc doc changed -"
    " | Which judgements are printed beside the fact.",
    "D013 NOTE_ADDED doc doc added D014 | A judgement about the documents is new.",
    "D014 NOTE_REMOVED doc doc removed D013 | A judgement about the documents is gone.",
    "D015 SOURCE_ADDED doc doc added D016 | Another document is cited.",
    "D016 SOURCE_REMOVED doc note removed D015 | A document is no longer cited.",
    "D017 KEY_RENAMED doc doc changed -"
    " | A note, source or scheme has another key; nothing of it reaches users.",
    "M001 CHANGE_WITHOUT_EVIDENCE behaviour break changed -"
    " | What is sent, read or repeated changes, and neither a vector nor a source did:"
    " nothing shows that the provider really works like that.",
    "M002 UNCLASSIFIED_CHANGE behaviour break changed -"
    " | The resolved specs differ and no rule names the difference: it is refused until"
    " a person has looked.",
    "M003 GENERATED_OUTPUT_STALE source break changed -"
    " | The generated files are not what these specs produce.",
    "M004 ACKNOWLEDGEMENT_STALE doc note changed -"
    " | A finding was accepted that does not occur (any more).",
)
