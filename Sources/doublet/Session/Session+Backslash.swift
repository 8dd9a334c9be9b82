import ClientProtocol
import Glibc
import Rendering

/// Commands for the client itself.
extension Session {
  private static let maximumIncludeDepth = 16

  func executeBackslash(_ text: String, place: String?) -> Outcome {
    let command: BackslashCommand
    do {
      command = try BackslashCommand(text)
    } catch {
      say(error.message, place: place)
      return .failed
    }
    switch command {
    case .quit: return .quit
    case .help: return write(Array(Self.help.utf8), place: place)
    case .topic(let topic): return executeOnDaemon("help \(topic)".trimmed, place: place)
    case .timing(let on):
      settings.timing = on ?? !settings.timing
      return confirm("Timing is \(settings.timing ? "on" : "off").")
    case .expansion(let expansion):
      settings.expansion = expansion ?? (settings.expansion == .on ? .off : .on)
      return confirm("Expanded display is \(settings.expansion.rawValue).")
    case .format(let format):
      settings.format = format
      return confirm("Results are written as \(format.rawValue).")
    case .pager(let on):
      settings.usesPager = on
      return confirm("The pager is \(on ? "on" : "off").")
    case .output(let path): return redirect(to: path, place: place)
    case .include(let path): return include(path, place: place)
    case .history:
      return write(Array(history.map { $0.safe + "\n" }.joined().utf8), place: place)
    case .shell(let command):
      let status = unsafe system(command)
      return status == 0 ? .done : .failed
    }
  }

  static var help: String {
    let width = BackslashCommand.usages.map { $0.name.count + 1 + $0.arguments.count }.max() ?? 0
    return BackslashCommand.usages.map {
      "\(($0.name + " " + $0.arguments).padded(to: width))  \($0.summary)\n"
    }.joined() + "help lists the commands of the daemon.\n"
  }

  /// A script that sets something up does not want to hear of it.
  private func confirm(_ message: String) -> Outcome {
    if isInteractive, includeDepth == 0 { Output.say(message + "\n") }
    return .done
  }

  private func redirect(to path: String?, place: String?) -> Outcome {
    if outputFile >= 0 { close(outputFile) }
    outputFile = -1
    followsResult = false
    guard let path else { return .done }
    outputFile = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard outputFile < 0 else { return .done }
    say("\(path.safe): \(systemError)", place: place)
    return .failed
  }

  private func include(_ path: String, place: String?) -> Outcome {
    guard includeDepth < Self.maximumIncludeDepth else {
      say("\(path.safe): scripts include one another too deeply", place: place)
      return .failed
    }
    guard let text = FileText.read(path) else {
      say("\(path.safe): \(systemError)", place: place)
      return .failed
    }
    includeDepth += 1
    defer { includeDepth -= 1 }
    let outcome = run(Script(name: path, text: text), keepGoing: false)
    return outcome == .quit ? .done : outcome
  }
}

/// What the system said of the last call that failed.
var systemError: String {
  unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
}
