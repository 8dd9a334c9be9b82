# The data sets of the reference cases, and their folders of CSV files. Sourced by generate.R.
#
# leukemia is Freireich 1963 Blood 21:699 as in Cox 1972; lung, maintenance (aml) and ovarian are as R's
# survival package has them (Loprinzi 1994 J Clin Oncol 12:601; Miller 1981; Edmunson 1979); level is
# ten subjects whose curve runs level at one half to the end (PSIAIMS/CAMIS, R v SAS); tied has days on
# which many events and censorings fall, day 0 among them.
suppressMessages(library(survival))

leukemia <- data.frame(
  time = c(6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35,
           1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23),
  status = c(1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, rep(1, 21)),
  arm = rep(c("6-MP", "placebo"), each = 21))
level <- data.frame(
  time = c(54, 75, 77, 84, 87, 92, 103, 105, 112, 118), status = rep(1:0, each = 5), arm = "one")
tied <- data.frame(
  time = c(0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 6, 7),
  status = c(1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1),
  arm = rep(c("a", "b"), each = 12))
frames <- list(
  leukemia = leukemia, level = level, tied = tied,
  lung = data.frame(
    time = lung$time, status = lung$status - 1, arm = "all", sex = c("M", "F")[lung$sex],
    cohort = ifelse(is.na(lung$ph.ecog), "", as.character(lung$ph.ecog))),
  maintenance = data.frame(time = aml$time, status = aml$status, arm = aml$x),
  ovarian = data.frame(
    time = ovarian$futime, status = ovarian$fustat, arm = as.character(ovarian$rx),
    cohort = as.character(ovarian$ecog.ps)))

write_data <- function(name, frame) {
  dir.create(name, showWarnings = FALSE)
  subject <- sprintf("S%03d", seq_len(nrow(frame)))
  traits <- frame[, intersect(c("arm", "sex", "cohort"), names(frame)), drop = FALSE]
  write.csv(cbind(subject, traits), file.path(name, "subject.csv"), row.names = FALSE, quote = FALSE)
  write.csv(
    data.frame(subject, endpoint = "os", day = frame$time, occurred = frame$status),
    file.path(name, "event.csv"), row.names = FALSE, quote = FALSE)
}
