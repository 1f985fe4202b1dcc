"""Diff: what a change of specs does to callers, bytes, behaviour and words.

    side -> tree -> match -> change -> judge -> evidence -> report -> formats

* `git`, `endpoints`, `side`: the specs of a folder or a commit, without a checkout
* `tree`, `values`: the resolved model as named things with facets
* `match`, `names`: what was renamed, and who merely says the new name
* `change`, `echoes`: every single difference, and which of them follow from another
* `facets`, `things`, `rules`: where a difference shows, and the rule that names it
* `judge`, `finding`, `places`: differences as findings with exact places
* `evidence`: what must bring a vector or a source along
* `comparison`, `acceptance`, `report`, `formats`: what a reviewer gets
* `projection`: one view of a provider, for `wirebook show`

The class of a change is where it shows: in the Python surface, on the wire, in
behaviour, in words or in proof.  Rules only name it; what no rule names is a
finding of its own.
"""
