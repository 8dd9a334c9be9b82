import CEditline
import ClientProtocol
import Glibc
import JSON
import PluginProtocol
import Rendering

/// Commands the daemon carries out.
extension Session {
  /// A second Ctrl-C within this time stops waiting.
  private static let impatience = 2.0

  func executeOnDaemon(_ text: String, place: String?) -> Outcome {
    do {
      try connect()
      var parameters: JSONObject = ["line": .string(text)]
      // Relative paths are the client's: the daemon has a folder of its own.
      parameters["cwd"] = Self.currentFolder.map(JSONValue.string)
      if terminal.showsProgress { parameters["progress"] = true }
      let id = try link.send(.command, parameters)
      guard let answer = try wait(for: id) else { return .failed }
      return show(answer, for: text, place: place)
    } catch {
      say("\(error)" + (isInteractive ? "; the next command connects again" : ""), place: place)
      return .lost
    }
  }

  private static var currentFolder: String? {
    guard let path = unsafe getcwd(nil, 0) else { return nil }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Connects where there is no connection, and tells a new one what the last knew.
  func connect() throws(ConnectionFailure) {
    guard try link.ensureConnected() else { return }
    defer { isFirstConnection = false }
    guard !isFirstConnection else { return }
    Output.say("connected again\n")
    for line in agreements {
      let id = try link.send(.command, ["line": .string(line)])
      if case .failure(let failure)? = try wait(for: id) {
        Output.say(
          failureText(source: line).lines(failure.failure).joined(separator: "\n") + "\n")
      }
    }
  }

  /// Waits for an answer while progress is drawn and Ctrl-C is heeded; nil when the person gave up
  /// on it.
  private func wait(for id: Int64) throws(ConnectionFailure) -> DaemonLink.Answer? {
    var line = ProgressLine(isAllowed: terminal.showsProgress)
    defer { line.erase() }
    var lastInterrupt = -Double.infinity
    var isCancelling: Bool { Clock.seconds - lastInterrupt < Self.impatience }
    // A Ctrl-C that came before the command is not meant for it.
    _ = ceditline_take_interrupt()
    while true {
      let event = try link.next(
        for: id, milliseconds: line.millisecondsToNextDrawing, wake: wake)
      switch event {
      case .answer(let answer): return answer
      case .progress(let report): line.update(report, isCancelling: isCancelling)
      case .timedOut: line.update(isCancelling: isCancelling)
      case .woken:
        guard ceditline_take_interrupt() else { continue }
        if isCancelling {
          link.abandon(id)
          line.erase()
          say("no longer waiting; the daemon may still be at it, see runs")
          return nil
        }
        lastInterrupt = Clock.seconds
        link.abandon(try link.send(.runCancel, ["request": .integer(id)]))
        line.update(isCancelling: true)
      }
    }
  }

  private func show(_ answer: DaemonLink.Answer, for text: String, place: String?) -> Outcome {
    switch answer {
    case .success(let bytes):
      let document = (try? JSONValue(parsing: bytes)).flatMap { try? ResultDocument(json: $0) }
      note(text, document)
      return write(bytes, document, place: place)
    case .failure(let failure):
      // A script's reader gets one line a command, whatever happened.
      if settings.format == .json {
        return write(Array(("{\"error\":" + failure.json.text + "}\n").utf8), place: place) == .done
          ? .failed : .lost
      }
      let lines = failureText(source: text, place: place).lines(failure.failure)
      Output.say(lines.joined(separator: "\n") + "\n")
      return .failed
    }
  }

  /// Remembers what a command changed for the commands after it.
  private func note(_ text: String, _ document: ResultDocument?) {
    catalogCache.isStale = true
    guard let command = try? CommandLine(text) else { return }
    switch command.name?.text {
    case "use":
      defaultDataset = command.words.first.map { document?.dataset?.name ?? $0.text }
      agreements.removeAll { $0.hasPrefix("use") }
      agreements.append(text)
    case "set" where !command.parameters.isEmpty: agreements.append(text)
    case "drop" where command.words.first?.text == defaultDataset: defaultDataset = nil
    default: break
    }
  }

  // MARK: Results

  private func write(_ bytes: [UInt8], _ document: ResultDocument?, place: String?) -> Outcome {
    guard settings.format != .json, let document else {
      // As the daemon wrote it: no digit changes on the way.
      return write(bytes + [UInt8(ascii: "\n")], place: place)
    }
    switch settings.format {
    case .csv: return write(Array(document.csv.utf8), place: place)
    case .markdown: return write(Array(document.markdown.utf8), place: place)
    case .text, .json: return page(document.text(style), place: place)
    }
  }

  private var style: TextStyle {
    guard outputFile < 0, terminal.outputIsTerminal else {
      return TextStyle(expansion: settings.expansion)
    }
    return TextStyle(
      width: Terminal.size(of: STDOUT_FILENO)?.columns, expansion: settings.expansion,
      color: terminal.colorsOutput ? .ansi : .never)
  }

  private func page(_ text: String, place: String?) -> Outcome {
    if outputFile < 0, settings.usesPager, terminal.outputIsTerminal, terminal.inputIsTerminal,
      !terminal.isDumb, let size = Terminal.size(of: STDOUT_FILENO),
      Pager.isTaller(text, columns: size.columns, rows: size.rows),
      let pager = Pager(environment), pager.show(text)
    {
      _ = ceditline_take_interrupt()
      return .done
    }
    // One empty line between results, as their own blocks have between them.
    defer { followsResult = true }
    let separated = isInteractive ? text + "\n" : followsResult ? "\n" + text : text
    return write(Array(separated.utf8), place: place)
  }

  func write(_ bytes: [UInt8], place: String?) -> Outcome {
    do {
      try Output.write(bytes, to: outputFile >= 0 ? outputFile : STDOUT_FILENO)
      return .done
    } catch {
      say("\(error)", place: place)
      return .failed
    }
  }
}
