# Runs R files, each in an environment of its own: run_snippets.R FILE... Beside each file stands then what it printed
# (FILE.out) and, where it failed, the error (FILE.err).
options(width = 100)
for (path in commandArgs(trailingOnly = TRUE)) {
  printed <- capture.output(tryCatch(
    source(path, local = new.env(), echo = FALSE),
    error = function(condition) writeLines(conditionMessage(condition), paste0(path, ".err"))
  ))
  writeLines(printed, paste0(path, ".out"))
}
