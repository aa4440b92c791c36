"""Runs Python files, each in a namespace of its own: run_snippets.py FILE... Beside each file stands then what it printed
(FILE.out) and, where it failed, the error (FILE.err)."""
import contextlib
import io
import sys
import traceback
import warnings

warnings.simplefilter("error", SyntaxWarning)
for path in sys.argv[1:]:
    printed = io.StringIO()
    try:
        with open(path) as file, contextlib.redirect_stdout(printed):
            exec(compile(file.read(), path, "exec"), {"__name__": "__main__"})
    except BaseException:
        with open(path + ".err", "w") as file:
            file.write(traceback.format_exc())
    with open(path + ".out", "w") as file:
        file.write(printed.getvalue())
