# Author kit for Doublet plugins in R: one file, base R and jsonlite.
#
# Keep this file beside plugin.R and plugin.toml. A whole plugin:
#
#   source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))),
#                    "doublet_plugin.R"))
#   doublet_analysis("mean", function(run) {
#     count <- run$ratio("responders")
#     result <- doublet_result("Mean")
#     doublet_estimate(result, "rate", "Response rate", count$events / count$total)
#   })
#   doublet_main()
#
# The host speaks on file descriptors 3 and 4, so print() and cat() are free: what is printed
# becomes the log of the run. `Rscript plugin.R --try mean responders=15/30` needs no host.
#
# Numbers travel with 17 significant digits, enough to read back as the same double (jsonlite
# alone keeps 4); those that are not finite as the strings "NaN", "Inf" and "-Inf", NA as null,
# seeds as strings. A number of length one is a number; a longer one, and any list or I(), an array.
#
# Cancel: R has no second thread, so a run hears it only where it asks: call run$progress() or
# run$check_cancelled() between steps. One that never asks is ended by the host after a grace.

.doublet <- new.env()
.doublet$analyses <- list()
.doublet$shards <- list()
.doublet$merges <- list()
.doublet$waiting <- character()
.doublet$out <- NULL
.doublet$last_progress <- -1
.doublet$last_time <- -Inf
.doublet$id <- NULL
.doublet$features <- character()
.doublet$last_call <- 0
.empty_object <- structure(list(), names = character())

# ---- Registration ----

#' The function that runs an analysis: takes a run, returns a result.
doublet_analysis <- function(name, body) .doublet$analyses[[name]] <- body

#' The function that runs replicates first .. first + count - 1; what it returns goes to the merge.
doublet_shard <- function(name, body) .doublet$shards[[name]] <- body

#' The function that joins a list of partial answers, in the order of their shards.
doublet_merge <- function(name, body) .doublet$merges[[name]] <- body

#' Refuses: the input is at fault, or the data cannot answer.
doublet_refuse <- function(message, parameter = NULL, expected = NULL,
                           kind = "analysis.refused") {
  stop(structure(
    class = c("doublet_refusal", "error", "condition"),
    list(message = message, call = NULL, parameter = parameter, expected = expected, kind = kind)))
}

.refuse_value <- function(name, value, expected) {
  shown <- if (is.character(value) && length(value) == 1) value
           else if (.is_ratio_shaped(value)) paste0(value$events, "/", value$total)
           else doublet_json(value)
  doublet_refuse(paste0(name, "=", shown, ": expected ", expected), name, expected,
                 "parameter.value")
}

# ---- JSON ----

#' A value as one line of JSON that reads back to the same doubles.
doublet_json <- function(value) {
  if (is.list(value) && !inherits(value, "AsIs")) return(.json_list(value))
  if (length(value) == 1 && is.null(attributes(value))) return(.json_scalar(value))
  if (is.null(value)) return("null")
  if (inherits(value, "AsIs")) return(.json_array(unclass(value)))
  if (is.factor(value)) value <- as.character(value)
  texts <- .json_scalars(value)
  if (length(texts) == 1) texts else paste0("[", paste(texts, collapse = ","), "]")
}

.json_list <- function(value) {
  if (is.null(names(value))) return(.json_array(value))
  if (length(value) == 0) return("{}")
  members <- paste0(.json_text(names(value)), ":", vapply(value, doublet_json, ""))
  paste0("{", paste(members, collapse = ","), "}")
}

# What most members are, without the price of vectors.
.json_scalar <- function(value) {
  if (is.na(value)) return(.json_scalars(value))
  switch(
    typeof(value),
    character = .json_text(value),
    integer = as.character(value),
    double = if (value == trunc(value) && abs(value) <= 2^53) sprintf("%.0f", value)
             else if (is.finite(value)) sprintf("%.17g", value) else .json_numbers(value),
    .json_scalars(value))
}

.json_array <- function(values) {
  texts <- if (is.list(values)) vapply(values, doublet_json, "") else .json_scalars(values)
  paste0("[", paste(texts, collapse = ","), "]")
}

.json_scalars <- function(values) {
  if (is.logical(values)) return(ifelse(is.na(values), "null", ifelse(values, "true", "false")))
  if (inherits(values, "integer64")) return(.json_text(as.character(values)))
  if (is.numeric(values)) return(.json_numbers(as.double(values)))
  ifelse(is.na(values), "null", .json_text(as.character(values)))
}

.json_numbers <- function(values) {
  texts <- sprintf("%.17g", values)
  whole <- is.finite(values) & values == trunc(values)
  # Beyond 2^53 a double no longer stands for one whole number, and readers may round it.
  texts[whole & abs(values) <= 2^53] <- sprintf("%.0f", values[whole & abs(values) <= 2^53])
  texts[is.nan(values)] <- "\"NaN\""
  texts[is.na(values) & !is.nan(values)] <- "null"
  texts[is.infinite(values)] <- ifelse(values[is.infinite(values)] > 0, "\"Inf\"", "\"-Inf\"")
  texts
}

.json_text <- function(texts) {
  texts <- enc2utf8(texts)
  if (any(grepl("[\"\\\\\\x01-\\x1f]", texts, perl = TRUE, useBytes = TRUE))) {
    texts <- .json_escaped(texts)
  }
  paste0("\"", texts, "\"")
}

.json_escaped <- function(texts) {
  texts <- gsub("\\", "\\\\", texts, fixed = TRUE)
  texts <- gsub("\"", "\\\"", texts, fixed = TRUE)
  codes <- unique(utf8ToInt(paste(texts, collapse = "")))
  for (code in codes[codes < 32]) {
    texts <- gsub(intToUtf8(code), sprintf("\\u%04x", code), texts, fixed = TRUE)
  }
  texts
}

# ---- The manifest ----

# Reads the part of TOML that a plugin.toml uses: keys, [[tables]], strings, numbers, true and
# false, and lists of them, also over several lines.
.read_manifest <- function(file) {
  manifest <- list(analyses = list())
  place <- "top"
  pending <- ""
  for (line in readLines(file, encoding = "UTF-8", warn = FALSE)) {
    line <- trimws(.without_comment(line))
    if (pending == "" && grepl("^\\[", line)) {
      place <- gsub("[][ ]", "", line)
      if (place == "analysis") {
        manifest$analyses[[length(manifest$analyses) + 1]] <- list(parameters = list())
      }
      if (place == "analysis.parameter") {
        last <- length(manifest$analyses)
        number <- length(manifest$analyses[[last]]$parameters) + 1
        manifest$analyses[[last]]$parameters[[number]] <- list()
      }
      next
    }
    pending <- trimws(paste(pending, line))
    if (pending == "" || .is_open(pending)) next
    key <- trimws(sub("=.*$", "", pending))
    value <- .toml_value(trimws(sub("^[^=]*=", "", pending)))
    pending <- ""
    last <- length(manifest$analyses)
    if (place == "top") manifest[[key]] <- value
    if (place == "analysis") manifest$analyses[[last]][[key]] <- value
    if (place == "analysis.parameter") {
      number <- length(manifest$analyses[[last]]$parameters)
      manifest$analyses[[last]]$parameters[[number]][[key]] <- value
    }
  }
  names(manifest$analyses) <- vapply(manifest$analyses, function(one) one$name, "")
  for (name in names(manifest$analyses)) {
    parameters <- manifest$analyses[[name]]$parameters
    names(parameters) <- vapply(parameters, function(one) one$name, "")
    manifest$analyses[[name]]$parameters <- parameters
  }
  manifest
}

.unquoted <- function(line) gsub("\"(\\\\.|[^\"\\\\])*\"|'[^']*'", "\"\"", line)

.without_comment <- function(line) {
  if (!grepl("#", .unquoted(line), fixed = TRUE)) return(line)
  for (at in gregexpr("#", line, fixed = TRUE)[[1]]) {
    head <- substr(line, 1, at - 1)
    if (!grepl("[\"']", .unquoted(gsub("\"\"", "", .unquoted(head))))) return(head)
  }
  line
}

.is_open <- function(text) {
  bare <- .unquoted(text)
  lengths(regmatches(bare, gregexpr("[", bare, fixed = TRUE))) >
    lengths(regmatches(bare, gregexpr("]", bare, fixed = TRUE)))
}

.toml_value <- function(text) {
  if (grepl("^'.*'$", text)) return(substr(text, 2, nchar(text) - 1))
  text <- if (grepl("^\\[", text)) sub(",\\s*\\]$", "]", text) else text
  if (grepl("^[+-]?[0-9_.eE+-]+$", text)) text <- gsub("^\\+|_", "", text)
  value <- tryCatch(jsonlite::parse_json(text), error = function(e) {
    stop("plugin.toml: the kit cannot read the value ", text, call. = FALSE)
  })
  value
}

# ---- Parameters ----

.or <- function(value, other) if (is.null(value)) other else value

.bounds <- function(declared) {
  low <- declared$minimum
  high <- declared$maximum
  text <- function(number) format(number, digits = 15)
  if (!is.null(low) && !is.null(high)) paste("from", text(low), "to", text(high))
  else if (!is.null(low)) paste(text(low), "or more")
  else if (!is.null(high)) paste("at most", text(high))
}

# What a parameter accepts, in the host's words.
.expectation <- function(declared) {
  bounds <- .bounds(declared)
  with_bounds <- function(text, unit = "") {
    if (is.null(bounds)) text else paste0(text, ", ", bounds, unit)
  }
  switch(
    declared$type,
    count = paste0("a whole number, ", .or(bounds, "0 or more")),
    integer = with_bounds("a whole number"),
    number = with_bounds("a number"),
    probability = if (is.null(bounds)) "a probability strictly between 0 and 1"
                  else paste("a probability", bounds),
    ratio = "responders/patients with 0 \u2264 responders \u2264 patients and patients at least 1",
    duration = with_bounds("a duration such as 84d, 12w or 3mo", " days"),
    choice = paste("one of", paste(unlist(declared$choices), collapse = ", ")),
    condition = "a condition such as \"age >= 65 and sex = F\"",
    flag = "yes or no",
    "text")
}

.is_number <- function(value) is.numeric(value) && length(value) == 1 && is.finite(value)
.is_whole <- function(value) .is_number(value) && value == trunc(value)
.is_ratio_shaped <- function(value) is.list(value) && all(c("events", "total") %in% names(value))
.is_ratio <- function(value) {
  .is_ratio_shaped(value) && .is_whole(value$events) && .is_whole(value$total) &&
    value$total >= 1 && value$events >= 0 && value$events <= value$total
}
.is_text <- function(value) is.character(value) && length(value) == 1 && !is.na(value)

.within <- function(declared, value) {
  (is.null(declared$minimum) || value >= declared$minimum) &&
    (is.null(declared$maximum) || value <= declared$maximum)
}

.accepts <- function(declared, value) {
  bounded <- !is.null(declared$minimum) || !is.null(declared$maximum)
  switch(
    declared$type,
    count = .is_whole(value) && value >= 0 && .within(declared, value),
    integer = .is_whole(value) && .within(declared, value),
    number = .is_number(value) && .within(declared, value),
    probability = .is_number(value) &&
      (if (bounded) value >= 0 && value <= 1 && .within(declared, value)
       else value > 0 && value < 1),
    duration = .is_number(value) && value >= 0 && .within(declared, value),
    ratio = .is_ratio(value),
    flag = is.logical(value) && length(value) == 1 && !is.na(value),
    choice = .is_text(value) && value %in% unlist(declared$choices),
    .is_text(value))
}

.parse_value <- function(declared, text) {
  number <- function(text) suppressWarnings(as.numeric(text))
  value <- switch(
    declared$type,
    count = , integer = , number = number(text),
    probability = if (grepl("%$", text)) number(paste0(sub("%$", "", text), "e-2"))
                  else number(text),
    ratio = {
      parts <- number(strsplit(text, "/", fixed = TRUE)[[1]])
      if (length(parts) == 2) list(events = parts[1], total = parts[2])
    },
    duration = {
      unit <- c(mo = 30.4375, d = 1, w = 7)[sub("^[0-9.]+", "", text)]
      number(sub("[a-z]+$", "", text)) * unname(unit)
    },
    flag = c(yes = TRUE, true = TRUE, on = TRUE, no = FALSE, false = FALSE, off = FALSE)[[text]],
    text)
  if (!isTRUE(.accepts(declared, value))) {
    .refuse_value(declared$name, text, .expectation(declared))
  }
  value
}

# ---- A run ----

.new_run <- function(request) {
  run <- list(
    analysis = request$analysis, parameters = .or(request$parameters, .empty_object),
    seed = request$seed, definition = request$definition, definitions = request$definitions,
    installed = request$installed, dataset_file = request$dataset,
    datasets = request$datasets)
  run_declared <- .doublet$manifest$analyses[[run$analysis]]$parameters
  value <- function(kind) {
    function(name, default) {
      declared <- .or(run_declared[[name]], list(name = name, type = kind))
      given <- run$parameters[[name]]
      if (is.null(given)) {
        if (!missing(default)) return(default)
        if (length(run_declared) > 0 && is.null(run_declared[[name]])) {
          stop("plugin.toml declares no parameter ", name, " of ", run$analysis, call. = FALSE)
        }
        expected <- .expectation(declared)
        doublet_refuse(paste0(name, " is missing: expected ", expected), name, expected,
                       "parameter.missing")
      }
      if (!.accepts(declared, given)) .refuse_value(name, given, .expectation(declared))
      given
    }
  }
  # Values by kind; without a default a missing one is refused.
  for (kind in c("number", "probability", "integer", "ratio", "text", "flag")) {
    run[[kind]] <- value(kind)
  }
  run$choice <- run$text
  run$days <- value("duration")
  run$has <- function(name) !is.null(run$parameters[[name]])
  run$has_dataset <- !is.null(request$dataset)
  run$table <- function(table) doublet_table(run, table)
  run$progress <- function(fraction, message = NULL) .progress(fraction, message)
  run$log <- function(message) {
    .notify("log", list(id = .doublet$id, message = as.character(message)))
  }
  run$is_cancelled <- .is_cancelled
  run$check_cancelled <- function() if (.is_cancelled()) .cancel()
  run$run <- function(analysis, parameters = list(), dataset = NULL, seed = NULL) {
    .run_by_host(analysis, parameters, dataset, seed)
  }
  run$set_seed <- function(replicate = 0) .set_seed(run$seed, replicate)
  run
}

# Has the host run another analysis and returns its result document, a list as jsonlite reads it.
#
# The manifest of the running analysis must name it: calls = ["response-rate"]. `parameters` is a
# named list of what a client would send, list(responders = "15/30", level = 0.9); the host checks
# them and fills the defaults in. Without `dataset` it reads the data set of this run, without `seed`
# it takes this run's; no other data can be named. Refuses, with the name of the analysis before the
# message, where the analysis refuses, fails or may not be run.
.run_by_host <- function(analysis, parameters, dataset, seed) {
  if (is.null(.doublet$out) || !("host.run" %in% .doublet$features)) {
    doublet_refuse(paste(analysis, "is run by the host, and there is none here that does:",
                         "try it in doublet"), kind = "call.no-host")
  }
  if (.is_cancelled()) .cancel()
  .doublet$last_call <- .doublet$last_call + 1
  if (length(parameters) == 0) parameters <- .empty_object
  request <- list(run = .doublet$id, analysis = analysis, parameters = parameters)
  request$dataset <- dataset
  if (!is.null(seed)) request$seed <- format(seed, scientific = FALSE)
  .send(list(jsonrpc = "2.0", id = .doublet$last_call, method = "host.run", params = request))
  answer <- .next_answer(.doublet$last_call)
  if (is.null(answer$error)) return(answer$result)
  kind <- .or(answer$error$data$kind, "call.failed")
  if (answer$error$code == -32800 || kind == "run.cancelled") .cancel()
  # The parameter is the other analysis's: this one has none of that name to point at.
  doublet_refuse(paste0(analysis, ": ", answer$error$message), kind = kind)
}

# Reads on until the host has answered a call, which it does once, also where the run was given up.
.next_answer <- function(id) {
  aside <- character()
  cancelled <- FALSE
  on.exit(.doublet$waiting <- c(aside, .doublet$waiting))
  repeat {
    line <- .next_line(.doublet$source)
    if (length(line) == 0) quit("no", status = 0)
    message <- tryCatch(jsonlite::parse_json(line), error = function(e) list())
    if (is.null(message$method) && identical(as.numeric(message$id), as.numeric(id))) {
      if (cancelled) .cancel()
      return(message)
    }
    if (identical(message$method, "cancel") && identical(message$params$id, .doublet$id)) {
      cancelled <- TRUE
    } else if (!is.null(message$method)) aside <- c(aside, line)
  }
}

# Chance: the same for a seed and a replicate, however replicates are split.
.set_seed <- function(seed, replicate) {
  state <- 17
  for (code in utf8ToInt(paste0(.or(seed, "0"), ":", format(replicate, scientific = FALSE)))) {
    state <- (state * 16807 + code) %% 2147483647
  }
  for (turn in 1:8) state <- (state * 48271) %% 2147483647
  set.seed(state, kind = "Mersenne-Twister", normal.kind = "Inversion",
           sample.kind = "Rejection")
}

.cancel <- function() {
  stop(structure(class = c("doublet_cancelled", "error", "condition"),
                 list(message = "the run was cancelled", call = NULL)))
}

.progress <- function(fraction, message) {
  if (.is_cancelled()) .cancel()
  now <- proc.time()[["elapsed"]]
  behind <- fraction <= .doublet$last_progress || fraction > 1
  if (behind || (now - .doublet$last_time < 0.05 && fraction < 1)) return(invisible())
  .doublet$last_progress <- fraction
  .doublet$last_time <- now
  parameters <- list(id = .doublet$id, fraction = fraction)
  if (!is.null(message)) parameters$message <- message
  .notify("progress", parameters)
}

# ---- Data ----

#' A table of the run's data set, in the order of its key: subject, lesion, measurement,
#' assessment, exposure, marker, event or about. Days count from the first dose.
#'
#' Read through RSQLite where it is installed, else through the sqlite3 program.
doublet_table <- function(run, table) {
  if (is.null(run$dataset_file)) {
    doublet_refuse(paste0(run$analysis, " needs a data set: name one, or say \"use NAME\" first"),
                   kind = "dataset.missing")
  }
  doublet_query(run$dataset_file$path, paste0("SELECT * FROM \"", table, "\" ORDER BY rowid"))
}

#' The rows of a query on a data set's file, which is only read.
doublet_query <- function(path, sql) {
  if (requireNamespace("RSQLite", quietly = TRUE)) {
    uri <- paste0("file:", utils::URLencode(path), "?mode=ro&immutable=1")
    connection <- DBI::dbConnect(RSQLite::SQLite(), uri, flags = RSQLite::SQLITE_RO,
                                 bigint = "numeric", loadable.extensions = FALSE)
    on.exit(DBI::dbDisconnect(connection))
    return(DBI::dbGetQuery(connection, sql))
  }
  .query_by_program(path, sql)
}

# The program rounds numbers to 15 digits, so they come as text of 17.
.query_by_program <- function(path, sql) {
  program <- Sys.which("sqlite3")
  if (program == "") {
    doublet_refuse("data sets are read with the R package RSQLite or the program sqlite3: install one",
                   kind = "plugin.incomplete")
  }
  ask <- function(sql) {
    lines <- system2(program, c("-readonly", "-json", shQuote(path), shQuote(sql)), stdout = TRUE)
    # No rows are no text at all.
    if (length(lines) > 0) jsonlite::fromJSON(paste(lines, collapse = "\n"))
  }
  names <- .column_names(ask, sql)
  exact <- paste0("CASE typeof(\"", names, "\") WHEN 'real' THEN printf('%!.17g', \"", names,
                  "\") ELSE \"", names, "\" END AS \"", names, "\"", collapse = ", ")
  types <- paste0("max(typeof(\"", names, "\") = 'real') AS \"", names, "\"", collapse = ", ")
  rows <- ask(paste0("SELECT ", exact, " FROM (", sql, ")"))
  if (is.null(rows)) {
    empty <- rep(list(character()), length(names))
    return(as.data.frame(stats::setNames(empty, names), optional = TRUE))
  }
  reals <- unlist(ask(paste0("SELECT ", types, " FROM (", sql, ")")))
  for (name in names(reals)[!is.na(reals) & reals == 1]) rows[[name]] <- as.numeric(rows[[name]])
  rows
}

.column_names <- function(ask, sql) {
  names(ask(paste0("SELECT * FROM (SELECT 1) LEFT JOIN (", sql, ") LIMIT 1")))[-1]
}

# ---- Results ----

#' An empty result.
doublet_result <- function(title = NULL) {
  empty <- list()
  result <- list(analysis = "")
  if (!is.null(title)) result$title <- title
  for (part in c("estimates", "tests", "tables", "figures", "methods", "notes", "citations")) {
    result[[part]] <- empty
  }
  structure(result, class = "doublet_result")
}

.add <- function(result, part, ...) {
  members <- list(...)
  entry <- members[!vapply(members, is.null, NA)]
  result[[part]][[length(result[[part]]) + 1]] <- entry
  result
}

#' An interval of an estimate.
doublet_interval <- function(method, level, lower, upper) {
  list(method = method, level = level, lower = lower, upper = upper)
}

#' A quantity; NA where it cannot be estimated, and then a status that says why.
doublet_estimate <- function(result, name, label, value, unit = NULL, interval = NULL,
                             events = NULL, total = NULL, group = NULL, status = NULL) {
  count <- if (!is.null(events)) list(events = events, total = total)
  .add(result, "estimates", name = name, label = label, value = unname(value), unit = unit,
       status = status, interval = interval, count = count, group = group)
}

#' A hypothesis test; alternative is two-sided, greater or less.
doublet_test <- function(result, name, method, p_value, alternative = "two-sided",
                         statistic = NULL, degrees_of_freedom = NULL, versus = NULL,
                         group = NULL, status = NULL) {
  .add(result, "tests", name = name, method = method, alternative = alternative,
       statistic = statistic, degreesOfFreedom = degrees_of_freedom, pValue = unname(p_value),
       status = status, versus = versus, group = group)
}

#' A column of a table; format is text, count, number, percent, p-value or duration.
doublet_column <- function(name, label, format = "text") {
  list(name = name, label = label, format = format)
}

#' A data frame as a table, with one doublet_column for each of its columns.
doublet_data_table <- function(result, name, title, columns, rows) {
  if (length(columns) != ncol(rows)) {
    stop(name, " has ", ncol(rows), " columns and ", length(columns), " declared", call. = FALSE)
  }
  cells <- lapply(seq_len(nrow(rows)), function(row) {
    unname(lapply(rows, function(column) {
      value <- column[[row]]
      if (is.factor(value)) as.character(value) else value
    }))
  })
  .add(result, "tables", name = name, title = title, columns = columns, rows = cells)
}

#' An axis of a figure, called x or y; more: unit, scale, format, minimum, maximum.
doublet_axis <- function(name, label, ...) list(name = name, label = label, ...)

#' Points of a figure; more: lower, upper, labels, sizes (I() them), group, style.
doublet_series <- function(name, label, x, y, ...) {
  list(name = name, label = label, x = I(x), y = I(y), ...)
}

#' A picture as data; kind is curve, forest, waterfall, spider, swimmer, scatter or box.
doublet_figure <- function(result, name, kind, title, axes, series, alternative_text,
                           references = list(), caption = NULL) {
  .add(result, "figures", name = name, kind = kind, title = title, axes = unname(axes),
       series = unname(series), references = unname(references),
       alternativeText = alternative_text, caption = caption)
}

#' A line of the method card: a convention chosen where tools differ.
doublet_method <- function(result, topic, choice, source = NULL, method = NULL) {
  .add(result, "methods", topic = topic, choice = choice, method = method, source = source)
}

#' What the reader should know; severity is info, caution or warning.
doublet_note <- function(result, severity, code, text) {
  .add(result, "notes", severity = severity, code = code, text = text)
}

doublet_cite <- function(result, citation) {
  result$citations[[length(result$citations) + 1]] <- citation
  result
}

.completed <- function(result, run = NULL) {
  if (!inherits(result, "doublet_result")) {
    stop("an analysis returns a doublet_result, this one returned ", class(result)[1],
         call. = FALSE)
  }
  result <- unclass(result)
  result$plugin <- list(id = .doublet$manifest$id, version = .doublet$manifest$version)
  result$parameters <- .empty_object
  if (is.null(run)) return(result)
  result$analysis <- run$analysis
  result$parameters <- run$parameters
  result$seed <- run$seed
  if (run$has_dataset) result$dataset <- run$dataset_file[c("name", "hash")]
  result
}

# ---- The host ----

.send <- function(message) {
  # Sent as bytes: R would translate text to the encoding of the locale.
  writeBin(charToRaw(paste0(doublet_json(message), "\n")), .doublet$out)
  flush(.doublet$out)
}

.notify <- function(method, parameters) {
  if (is.null(.doublet$out)) {
    # Nobody listens: what is logged goes to the person who tries the plugin.
    return(if (method == "log") message(parameters$message))
  }
  .send(list(jsonrpc = "2.0", method = method, params = parameters))
}

.is_channel <- function(descriptor) {
  grepl("^pipe:", Sys.readlink(paste0("/proc/self/fd/", descriptor)))
}

# A second opening of the same pipe that never waits: lines that came during a run.
.is_cancelled <- function() {
  if (is.null(.doublet$peek)) return(FALSE)
  repeat {
    line <- suppressWarnings(readLines(.doublet$peek, n = 1))
    if (length(line) == 0) return(FALSE)
    message <- tryCatch(jsonlite::parse_json(line), error = function(e) list())
    if (identical(message$method, "cancel")) {
      if (identical(message$params$id, .doublet$id)) return(TRUE)
    } else {
      .doublet$waiting <- c(.doublet$waiting, line)
    }
  }
}

.next_line <- function(source) {
  if (length(.doublet$waiting) > 0) {
    line <- .doublet$waiting[1]
    .doublet$waiting <- .doublet$waiting[-1]
    return(line)
  }
  readLines(source, n = 1, warn = FALSE, encoding = "UTF-8")
}

.serve <- function() {
  has_host <- .is_channel(3) && .is_channel(4)
  source <- file(if (has_host) "/dev/fd/3" else "stdin", "rb", raw = has_host)
  .doublet$source <- source
  .doublet$out <- if (has_host) file("/dev/fd/4", "wb", raw = TRUE) else stdout()
  if (has_host) .doublet$peek <- fifo("/dev/fd/3", "rb", blocking = FALSE)
  if (!has_host) .send <<- function(message) cat(doublet_json(message), "\n", sep = "")
  repeat {
    line <- .next_line(source)
    if (length(line) == 0) break
    if (!nzchar(trimws(line))) next
    message <- tryCatch(jsonlite::parse_json(line), error = function(e) NULL)
    if (is.null(message)) {
      .send(.failure(NULL, -32700, "not JSON"))
    } else if (!is.null(message$id) && !is.null(message$method)) {
      .answer(message)
      if (identical(message$method, "shutdown")) break
    }
  }
  quit("no", status = 0)
}

.failure <- function(id, code, message, data = NULL) {
  error <- list(code = code, message = message)
  if (!is.null(data)) error$data <- data
  list(jsonrpc = "2.0", id = id, error = error)
}

.refusal <- function(id, condition) {
  data <- list(kind = condition$kind)
  data$parameter <- condition$parameter
  data$expected <- condition$expected
  .failure(id, -32001, conditionMessage(condition), data)
}

.answer <- function(message) {
  .doublet$id <- message$id
  .doublet$last_progress <- -1
  .doublet$last_time <- -Inf
  calls <- NULL
  reply <- tryCatch(
    withCallingHandlers(
      list(jsonrpc = "2.0", id = message$id, result = .result(message)),
      error = function(e) if (!inherits(e, "doublet_refusal")) calls <<- sys.calls()),
    doublet_cancelled = function(e) .failure(message$id, -32800, "the run was cancelled"),
    doublet_no_method = function(e) .failure(message$id, -32601, conditionMessage(e)),
    doublet_refusal = function(e) .refusal(message$id, e),
    error = function(e) {
      message("Error: ", conditionMessage(e))
      for (call in utils::tail(calls, 8)) base::message("  ", deparse(call, nlines = 1)[1])
      .failure(message$id, -32001, paste0("Error", .place(e), ": ", conditionMessage(e)),
               list(kind = "analysis.failed"))
    })
  flush(stdout())
  .send(reply)
}

# The call an error came up in, as R itself says it.
.place <- function(error) {
  call <- conditionCall(error)
  if (is.null(call)) "" else paste(" in", deparse(call, nlines = 1)[1])
}

.result <- function(message) {
  parameters <- message$params
  if (message$method == "initialize") .doublet$features <- unlist(parameters$features)
  switch(
    message$method,
    initialize = list(protocol = 1, id = .doublet$manifest$id,
                      version = .doublet$manifest$version),
    run = .run(parameters),
    merge = .merge(parameters$partials),
    check = list(list(keyPath = "engine",
                      message = paste(.doublet$manifest$id, "does not serve declarative plugins"))),
    shutdown = .empty_object,
    stop(structure(class = c("doublet_no_method", "error", "condition"),
                   list(message = paste0("no method is called \"", message$method, "\""),
                        call = NULL))))
}

.body <- function(bodies, analysis, complaint) {
  if (is.null(bodies[[analysis]])) {
    doublet_refuse(paste(analysis, complaint), kind = "analysis.unknown")
  }
  bodies[[analysis]]
}

.run <- function(request) {
  run <- .new_run(request)
  if (!is.null(request$shard)) {
    body <- .body(.doublet$shards, run$analysis, "cannot be run in shards")
    part <- body(run, request$shard$first, request$shard$count)
    return(list(analysis = run$analysis, partial = part))
  }
  # The name is what a fault is said to have come up in.
  analysis <- .body(.doublet$analyses, run$analysis, "is not one of my analyses")
  .completed(analysis(run), run)
}

.merge <- function(partials) {
  analysis <- partials[[1]]$analysis
  body <- .body(.doublet$merges, analysis, "has no partial results to merge")
  result <- body(lapply(partials, function(one) one$partial))
  result$analysis <- analysis
  .completed(result)
}

# ---- Trying by hand ----

.try <- function(words) {
  analyses <- names(.doublet$analyses)
  if (length(words) == 0 || !(words[1] %in% analyses)) {
    message("usage: --try ANALYSIS [VALUE | NAME=VALUE]... [data=FILE.sqlite] [seed=S]\n",
            "analyses: ", paste(sort(analyses), collapse = ", "))
    quit("no", status = 2)
  }
  refused <- tryCatch({
    document <- .run(.try_request(words))
    cat(jsonlite::prettify(doublet_json(document), indent = 2))
    FALSE
  }, doublet_refusal = function(e) {
    message("refused: ", conditionMessage(e))
    TRUE
  })
  quit("no", status = if (refused) 1 else 0)
}

.try_request <- function(words) {
  declared <- .doublet$manifest$analyses[[words[1]]]$parameters
  request <- list(analysis = words[1], seed = "1", parameters = .empty_object)
  for (one in declared) {
    default <- one$default
    if (is.character(default)) default <- .parse_value(one, default)
    request$parameters[[one$name]] <- default
  }
  given <- character()
  for (word in words[-1]) {
    name <- sub("=.*$", "", word)
    text <- sub("^[^=]*=", "", word)
    if (grepl("=", word) && name %in% names(declared)) {
      request$parameters[[name]] <- .parse_value(declared[[name]], text)
    } else if (name == "data") {
      request$dataset <- list(name = sub("[.][^.]*$", "", basename(text)), hash = "", path = text)
    } else if (name == "seed") {
      request$seed <- text
    } else {
      name <- .positional(declared, word, given)
      given <- c(given, name)
      request$parameters[[name]] <- .parse_value(declared[[name]], word)
    }
  }
  for (one in declared) {
    if (isTRUE(one$required) && is.null(request$parameters[[one$name]])) {
      doublet_refuse(paste0(one$name, " is missing: expected ", .expectation(one)), one$name)
    }
  }
  request
}

.positional <- function(declared, word, given) {
  for (one in declared) {
    if (!isTRUE(one$positional) || one$name %in% given) next
    accepted <- tryCatch(!is.null(.parse_value(one, word)), error = function(e) FALSE)
    if (accepted) return(one$name)
  }
  doublet_refuse(paste0("no parameter takes \"", word, "\""))
}

#' What an analysis answers to the words of a command line, for tests; a refusal is an error.
doublet_try <- function(...) {
  jsonlite::parse_json(doublet_json(.run(.try_request(c(...)))))
}

#' Serves the host; with --try runs one analysis for the person at the terminal.
#'
#' Where the script is only sourced, as by its test, nothing is served.
doublet_main <- function(folder = .script_folder()) {
  .doublet$manifest <- .read_manifest(file.path(folder, "plugin.toml"))
  if (sys.nframe() > 1) return(invisible())
  words <- commandArgs(trailingOnly = TRUE)
  if (length(words) > 0 && words[1] == "--try") .try(words[-1]) else .serve()
}

.script_folder <- function() {
  script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
  if (length(script)) dirname(script[1]) else "."
}
