# Client for Doublet in R: one file, jsonlite, and processx where it is installed.
#
#   source("doublet_client.R")
#   doublet <- doublet_connect()
#   result <- doublet_command(doublet, "response-rate 15/30 control=61/243")
#   result$estimates[[1]]$value
#   doublet_table_of(result, "controls")       # a table as a data frame
#   doublet_close(doublet)
#
# With processx (3.7 or newer) one connection to the daemon's socket stays open, and its session
# keeps `use` and `set`. Without it every command is one call of the program `doublet`, each with a
# session of its own. Base R has no Unix sockets.

.default_socket <- function() {
  folder <- Sys.getenv("XDG_RUNTIME_DIR")
  if (startsWith(folder, "/")) file.path(folder, "doublet", "doublet.sock")
  else file.path(path.expand("~"), ".doublet", "doublet.sock")
}

#' A connection to the daemon, which must be running; `doublet -c status` starts it.
doublet_connect <- function(socket = .default_socket(), program = "doublet") {
  connection <- new.env()
  connection$number <- 0
  connection$program <- program
  connection$socket <- socket
  if (requireNamespace("processx", quietly = TRUE) &&
      utils::packageVersion("processx") >= "3.7.0") {
    connection$stream <- processx::conn_connect_unix_socket(socket)
  }
  connection
}

doublet_close <- function(connection) {
  if (!is.null(connection$stream)) close(connection$stream)
  invisible()
}

#' Carries out one line, as typed in the REPL; what the daemon refuses is an R error.
doublet_command <- function(connection, line) {
  if (is.null(connection$stream)) return(.by_program(connection, line))
  doublet_request(connection, "command", list(line = line, cwd = getwd()))
}

#' Calls a method of the socket, such as run.submit with list(line = "…"); needs processx.
doublet_request <- function(connection, method, parameters = list()) {
  if (is.null(connection$stream)) stop("the R package processx is needed for ", method)
  connection$number <- connection$number + 1
  message <- list(jsonrpc = "2.0", id = connection$number, method = method, params = parameters)
  if (length(parameters) == 0) message$params <- NULL
  text <- jsonlite::toJSON(.exact(message), auto_unbox = TRUE, null = "null",
                           json_verbatim = TRUE)
  .write_all(connection$stream, paste0(text, "\n"))
  repeat {
    answer <- jsonlite::parse_json(.read_line(connection$stream))
    if (identical(as.numeric(answer$id), connection$number)) break
  }
  if (!is.null(answer$error)) .stop_for(answer$error)
  answer$result
}

#' A table of a result as a data frame; "NaN" and "Inf" are numbers again, null is NA.
doublet_table_of <- function(result, name) {
  names <- vapply(result$tables, function(table) table$name, "")
  if (!name %in% names) stop("no table ", name, "; there are ", paste(names, collapse = ", "))
  table <- result$tables[[match(name, names)]]
  columns <- lapply(seq_along(table$columns), function(place) {
    cells <- lapply(table$rows, function(row) if (is.null(row[[place]])) NA else row[[place]])
    values <- unlist(cells)
    if (table$columns[[place]]$format == "text") as.character(values) else as.numeric(values)
  })
  names(columns) <- vapply(table$columns, function(column) column$name, "")
  as.data.frame(columns, stringsAsFactors = FALSE, check.names = FALSE)
}

# Numbers with the 17 digits that read back as the same double: jsonlite writes 15 at most.
.exact <- function(value) {
  if (is.list(value)) return(lapply(value, .exact))
  if (!is.double(value) || length(value) != 1 || !is.finite(value)) return(value)
  structure(sprintf("%.17g", value), class = "json")
}

.write_all <- function(stream, text) {
  rest <- charToRaw(enc2utf8(text))
  while (length(rest) > 0) rest <- processx::conn_write(stream, rest)
}

.read_line <- function(stream) {
  repeat {
    line <- processx::conn_read_lines(stream, 1)
    if (length(line) == 1) return(line)
    if (!processx::conn_is_incomplete(stream)) stop("the daemon closed the connection")
    processx::poll(list(stream), -1)
  }
}

.by_program <- function(connection, line) {
  words <- c("--socket", shQuote(connection$socket), "--format", "json", "-c", shQuote(line))
  output <- suppressWarnings(system2(connection$program, words, stdout = TRUE, stderr = TRUE))
  if (!is.null(attr(output, "status"))) stop(paste(output, collapse = "\n"), call. = FALSE)
  jsonlite::parse_json(output[length(output)])
}

.stop_for <- function(error) {
  stop(structure(
    class = c("doublet_error", "error", "condition"),
    list(message = error$message, call = NULL, kind = error$data$kind, data = error$data)))
}
