# Rscript read_xpt.R FILE: every value of a SAS transport file as R's foreign package reads it, one
# a line, numbers in hexadecimal so that no digit is lost.
suppressMessages(library(foreign))
file <- commandArgs(TRUE)[1]
members <- read.xport(file)
if (is.data.frame(members)) members <- list(members)
for (member in members) for (name in names(member)) {
  values <- member[[name]]
  if (is.numeric(values)) values <- ifelse(is.na(values), ".", sprintf("%a", values))
  values <- as.character(values)
  cat(paste0(name, "=", values, "\n"), sep = "")
}
