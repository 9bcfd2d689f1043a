"""One rule at a time on typed input: what `manage.py compute` prints.

`registry` lists the rules; each rule module holds its input model and the
function that answers. The rules themselves live in `planning.engine.rules`.
"""
