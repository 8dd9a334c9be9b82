import CEditline
import ClientProtocol
import Glibc

/// The conversation at a terminal.
final class Dialogue {
  private let session: Session
  private let locations: Locations?
  private let historyFile: HistoryFile?
  /// Lines of a command that is not complete yet.
  private var begun = ""

  init(session: Session, locations: Locations?) {
    self.session = session
    self.locations = locations
    historyFile = locations.map { HistoryFile(path: $0.history) }
  }

  /// Reads and carries out lines until the person leaves.
  func run() -> Session.Outcome {
    let output = session.terminal.outputIsTerminal ? STDOUT_FILENO : STDERR_FILENO
    let editor = LineEditor(output: output) { [session, unowned self] line in
      CompletionEngine(catalog: session.catalog(), files: FileNames.completing)
        .complete(begun.isEmpty ? line : begun + "\n" + line)
    }
    guard let editor else {
      session.say("this terminal cannot be used for editing")
      return .failed
    }
    session.history = historyFile?.load() ?? []
    session.history.forEach(editor.remember)
    Output.say("doublet \(version). \\? lists what the client does, help what the daemon does.\n")
    runStartupCommands()
    return converse(editor)
  }

  private func runStartupCommands() {
    guard let path = locations?.startupCommands, let text = FileText.read(path) else { return }
    session.includeDepth += 1
    _ = session.run(Script(name: path, text: text), keepGoing: true)
    session.includeDepth -= 1
  }

  private func converse(_ editor: LineEditor) -> Session.Outcome {
    while true {
      switch editor.read(prompt: prompt) {
      case .interrupted:
        _ = ceditline_take_interrupt()
        begun = ""
        Output.say("^C\n")
      case .end where begun.isEmpty:
        Output.say("\n")
        return .done
      case .end:
        begun = ""
        Output.say("\n")
      case .line(let line):
        if take(line, editor) == .quit { return .done }
      }
    }
  }

  private func take(_ line: String, _ editor: LineEditor) -> Session.Outcome {
    let text = begun.isEmpty ? line : CommandText.joining(begun, line)
    let isWhole =
      begun.isEmpty && CommandText.isBackslash(text)
      || CommandText.completeness(of: text) == .complete
    begun = isWhole ? "" : text
    guard isWhole else { return .done }
    remember(text.trimmedAtEnd, editor)
    return session.execute(text)
  }

  private func remember(_ text: String, _ editor: LineEditor) {
    guard !text.trimmed.isEmpty, HistoryFile.keeps(text, after: session.history.last) else {
      return
    }
    session.history.append(text)
    editor.remember(text)
    historyFile?.append(text)
  }

  private var prompt: String {
    let name = session.defaultDataset.map { "doublet \($0)" } ?? "doublet"
    switch begun.isEmpty ? .complete : CommandText.completeness(of: begun) {
    case .complete: return name + "> "
    case .continued: return String(repeating: " ", count: name.count - 1) + "-> "
    case .openQuote: return String(repeating: " ", count: name.count - 1) + "\"> "
    }
  }
}
