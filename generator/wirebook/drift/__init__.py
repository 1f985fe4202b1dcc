"""Drift: a spec held against the provider's pages as they are today.

    page -> cells and tables -> lists of codes and of parameters -> findings

* `page`: what a page is, whatever it is written in
* `html`, `text`: readers of HTML, and of Markdown, plain text and the text of PDF
* `codes`, `names`: lists of codes, and of parameters, on a page
* `expected`: what a spec has from a source
* `match`: which list of a page is which table of the spec
* `compare`: what is missing, new or reworded
* `fragment`: YAML to paste
* `formats`: text, JSON, Markdown
"""
