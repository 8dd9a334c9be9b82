# import_fread.R FOLDER TIMES: reads the tables with data.table::fread and checks what import checks;
# prints the seconds of the fastest time.
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
once <- function() {
  read <- function(name) fread(file.path(folder, paste0(name, ".csv")), na.strings = c("", "NA"))
  subject <- read("subject"); lesion <- read("lesion")
  measurement <- read("measurement"); marker <- read("marker")
  stopifnot(
    # what must be there is there
    !anyNA(subject$subject), !anyNA(lesion$subject), !anyNA(lesion$lesion), !anyNA(lesion$role),
    !anyNA(lesion$nodal), !anyNA(measurement$subject), !anyNA(measurement$lesion),
    !anyNA(measurement$day), !anyNA(marker$subject), !anyNA(marker$day), !anyNA(marker$marker),
    # of its kind and range
    is.numeric(subject$age), all(subject$age >= 0, na.rm = TRUE), is.numeric(subject$dose_level),
    all(subject$dose_level >= 0, na.rm = TRUE), !anyNA(as.IDate(subject$first_dose)),
    all(lesion$role %in% c("TARGET", "NON-TARGET", "NEW")), all(lesion$nodal %in% 0:1),
    is.integer(measurement$day), all(abs(measurement$day) <= 36525),
    is.numeric(measurement$diameter), all(measurement$diameter >= 0, na.rm = TRUE),
    all(measurement$diameter <= 1e6, na.rm = TRUE),
    !anyNA(measurement$diameter) || !all(is.na(measurement$diameter) & is.na(measurement$state)),
    is.integer(marker$day), is.numeric(marker$value), all(abs(marker$day) <= 36525),
    # each key once
    anyDuplicated(subject, by = "subject") == 0,
    anyDuplicated(lesion, by = c("subject", "lesion")) == 0,
    anyDuplicated(measurement, by = c("subject", "lesion", "day", "evaluator")) == 0,
    anyDuplicated(marker, by = c("subject", "day", "marker")) == 0,
    # what is referred to is there
    all(lesion$subject %in% subject$subject), all(marker$subject %in% subject$subject),
    all(measurement$subject %in% subject$subject),
    nrow(measurement[!lesion, on = c("subject", "lesion")]) == 0)
  # sorted by key, as the data set is
  setorder(measurement, subject, lesion, day, evaluator)
  setorder(marker, subject, day, marker)
  invisible(NULL)
}
seconds <- replicate(as.integer(arguments[2]), system.time(once())[["elapsed"]])
cat(min(seconds), "\n")
