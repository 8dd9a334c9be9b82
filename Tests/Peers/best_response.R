# The confirmed best overall response by data.table: Rscript best_response.R INPUT OUTPUT.
# The same rules as best_response.py. Writes subject,response and prints the best of three times.
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
labels <- c("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "MISSING")
table <- fread(arguments[1], na.strings = NULL)

confirmed <- function(codes, days, first) {
  allowed <- if (codes[first] == "CR") "CR" else c("CR", "PR")
  later <- which(codes %in% allowed & days >= days[first] + 28L)
  later <- later[later > first]
  if (!length(later)) return(FALSE)
  between <- codes[(first + 1L):later[1]]
  complete <- which(between == "CR")
  partial <- which(between == "PR")
  all(between %in% c(allowed, "NE")) && sum(between == "NE") <= 1L &&
    (!length(complete) || !length(partial) || min(complete) > max(partial))
}

best <- function(codes, days) {
  rank <- 7L
  for (index in seq_along(codes)) {
    code <- codes[index]
    if (code == "CR" && confirmed(codes, days, index)) return(1L)
    here <- if (code == "PR" && rank > 2L && confirmed(codes, days, index)) 2L
    else if (code %in% c("CR", "PR", "SD")) { if (days[index] >= 42L) 3L else 6L }
    else if (code == "NON-CR/NON-PD") { if (days[index] >= 42L) 4L else 6L }
    else if (code == "PD") 5L else 6L
    rank <- min(rank, here)
  }
  rank
}

run <- function() {
  ordered <- copy(table)
  setorder(ordered, subject, day)
  ordered[, last := {
    progression <- which(response == "PD")
    if (length(progression)) day[progression[1]] else .Machine$integer.max
  }, by = subject]
  ordered[day <= last, .(response = labels[best(response, day)]), by = subject]
}

times <- replicate(3, system.time(result <<- run())[["elapsed"]])
fwrite(result, arguments[2], col.names = FALSE, quote = FALSE)
cat(min(times), "\n")
