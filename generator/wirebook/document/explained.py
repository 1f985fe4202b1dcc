"""What the rules of the reader mean."""

from __future__ import annotations

from wirebook.explain import Explanation

from .reader import MAX_DEPTH

EXPLANATIONS = (
    Explanation(
        rule="file-too-large",
        title="A spec file is too large",
        why="A file of megabytes is a mistake or an attack; people review specs.",
        bad="# more than a million bytes\n",
        good="# one file per product\n",
    ),
    Explanation(
        rule="too-many-values",
        title="A spec file holds too many values",
        why="A small file can hold very many values; people review specs.",
        bad="# more than twenty-five thousand values\n",
        good="# one file per product\n",
    ),
    Explanation(
        rule="text-too-long",
        title="A text is too long",
        why="A quote that is not closed swallows what follows it; and nobody reads "
        "twenty thousand characters in a table.",
        bad="# a summary of more than twenty thousand characters\n",
        good="# a sentence or two\n",
    ),
    Explanation(
        rule="too-many-problems",
        title="More problems than anybody reads",
        why="When hundreds of lines are wrong, it is for one reason, and the first "
        "lines show it.  What stands after them was not checked.",
        bad="# a thousand codes without quotes\n",
        good="# the same in quotes\n",
    ),
    Explanation(
        rule="too-deep",
        title="Maps and lists stand too deep in each other",
        why="No spec needs it, and it is how files crash their readers.",
        bad="a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH + "\n",
        good="a: [[]]\n",
    ),
    Explanation(
        rule="empty-file",
        title="A spec file is empty",
        why="Every file in a provider's folder says what it is, beginning with its version.",
        bad="# nothing but this comment\n",
        good="spec: 1\n",
    ),
    Explanation(
        rule="not-a-map",
        title="A spec file holds no keys",
        why="Every fact has a name.  Often a space is missing after the first colon.",
        bad="spec:1\n",
        good="spec: 1\n",
    ),
    Explanation(
        rule="several-documents",
        title="A file holds several documents",
        why="Everything after the second --- would be a spec of its own, which nobody reads.",
        bad="spec: 1\n---\nspec: 1\n",
        good="spec: 1\n",
    ),
    Explanation(
        rule="duplicate-key",
        title="A key stands twice in one map",
        why="Most readers of YAML silently take the last one: of two rows for the same "
        "code, one would vanish.",
        bad="codes:\n  1: {name: A}\n  1: {name: B}\n",
        good="codes:\n  1: {name: A}\n  2: {name: B}\n",
    ),
    Explanation(
        rule="complex-key",
        title="A key is not a text",
        why="Keys are names and codes.  Where a { was meant as text, it needs quotes.",
        bad="? [a, b]\n: c\n",
        good="a: c\nb: c\n",
    ),
    Explanation(
        rule="merge-key",
        title="A merge key",
        why="What << brings in stands somewhere else, so a reader cannot see what a "
        "map says, and a few lines can grow without bounds.",
        bad="main: {<<: {url: a}}\n",
        good="main: {url: a}\n",
    ),
    Explanation(
        rule="anchor",
        title="An anchor",
        why="Specs say every fact where it belongs: a reader of one operation need not "
        "look for what & named elsewhere.",
        bad="main: &server {url: a}\n",
        good="main: {url: a}\n",
    ),
    Explanation(
        rule="alias",
        title="An alias",
        why="Specs say every fact where it belongs.  A wire name that begins with * "
        "needs quotes.",
        bad="main: &server {url: a}\ntest: *server\n",
        good="main: {url: a}\ntest: {url: a}\n",
    ),
    Explanation(
        rule="tag",
        title="An explicit tag",
        why="A tag changes the type of what follows, and some readers run code for it.",
        bad="code: !!str 1701\n",
        good='code: "1701"\n',
    ),
)
