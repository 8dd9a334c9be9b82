import Glibc
import JSON

/// The ways a plugin can do wrong.
enum Misbehavior: String, CaseIterable {
  /// None: answers every request with its parameters.
  case behaves
  case exitsAtStart = "exits-at-start"
  case neverGreets = "never-greets"
  case exitsMidRun = "exits-mid-run"
  case crashesMidRun = "crashes-mid-run"
  case hangs
  case ignoresCancel = "ignores-cancel"
  case answersLate = "answers-late"
  case floods
  case sendsHalfALine = "sends-half-a-line"
  case closesInMidLine = "closes-in-mid-line"
  case closesItsChannel = "closes-its-channel"
  case sendsALongLine = "sends-a-long-line"
  case liesAboutItsVersion = "lies-about-its-version"
  case liesAboutItsName = "lies-about-its-name"
  case speaksAnotherProtocol = "speaks-another-protocol"
  case refusesTheGreeting = "refuses-the-greeting"
  case greetsWithNothing = "greets-with-nothing"
  case answersTheWrongID = "answers-the-wrong-id"
  case answersTwice = "answers-twice"
  case answersTwiceLater = "answers-twice-later"
  case allocatesWithoutEnd = "allocates-without-end"
  case sendsNoJSON = "sends-no-json"
  case asksTheHost = "asks-the-host"
  case burns
  case burnsDeafly = "burns-deafly"
  case asksWithoutEnd = "asks-without-end"
  case goesBackward = "goes-backward"
  case leavesAChild = "leaves-a-child"
  case exitsWhenIdle = "exits-when-idle"
  case doesNotRead = "does-not-read"
  case outlivesItsInput = "outlives-its-input"
  case answersNonsense = "answers-nonsense"

  func beforeGreeting() {
    switch self {
    case .exitsAtStart:
      say("no license found")
      exit(3)
    case .burnsDeafly: signal(SIGXCPU, SIG_IGN)
    case .ignoresCancel, .outlivesItsInput: signal(SIGTERM, SIG_IGN)
    default: break
    }
  }

  func greet(_ host: Channel, _ id: Int64) {
    let name = CommandLine.arguments.count > 2 ? CommandLine.arguments[2] : rawValue
    switch self {
    case .neverGreets: break
    case .liesAboutItsVersion: greet(host, id, name, version: "9.9.9")
    case .liesAboutItsName: greet(host, id, "somebody-else")
    case .speaksAnotherProtocol: greet(host, id, name, protocolVersion: 2)
    case .refusesTheGreeting:
      host.send(
        "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"error\":{\"code\":-32001,\"message\":\"not today\"}}\n"
      )
    case .greetsWithNothing: host.answer(id, "{}")
    case .doesNotRead:
      greet(host, id, name)
      rest()
    default: greet(host, id, name)
    }
  }

  private func greet(
    _ host: Channel, _ id: Int64, _ name: String, version: String = "1.0.0",
    protocolVersion: Int = 1
  ) {
    host.answer(
      id, "{\"protocol\":\(protocolVersion),\"id\":\"\(name)\",\"version\":\"\(version)\"}")
  }

  func run(_ host: Channel, _ id: Int64, _ parameters: JSONValue) {
    // The host's own cancel and shutdown have no analysis.
    switch self {
    case .exitsMidRun:
      for line in 1...25 { say("line \(line)") }
      exit(7)
    case .crashesMidRun:
      say("about to fall")
      // Without the handler that a sanitizer installs.
      signal(SIGSEGV, SIG_DFL)
      kill(getpid(), SIGSEGV)
    case .hangs, .ignoresCancel, .outlivesItsInput: host.notify("progress", progress(id, 0))
    case .answersLate: answerLate(host, id)
    case .floods: flood(host, id)
    case .sendsHalfALine:
      host.send("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"res")
      exit(0)
    case .closesInMidLine:
      host.send("{\"jsonrpc\":\"2.0\",")
      close(4)
    case .closesItsChannel: close(4)
    case .sendsALongLine: sendLongLine(host, id)
    case .answersTheWrongID: host.answer(id + 96, "1")
    case .answersTwice:
      let line = "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":1}\n"
      host.send(line + line)
    case .answersTwiceLater:
      if id > 2 { host.answer(id - 1, "1") }
      host.answer(id, "2")
    case .allocatesWithoutEnd: allocate()
    case .sendsNoJSON: host.send("Traceback (most recent call last):\n")
    case .asksTheHost:
      host.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tomorrow\"}\n")
      host.answer(id, String(decoding: host.readLine() ?? [], as: UTF8.self))
    case .burns, .burnsDeafly: burn(host, id, parameters)
    case .asksWithoutEnd:
      while true { host.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tomorrow\"}\n") }
    case .goesBackward: goBackward(host, id)
    case .leavesAChild: leaveChild(host, id)
    case .exitsWhenIdle:
      host.answer(id, "1")
      exit(0)
    case .answersNonsense: host.answer(id, "\"nonsense\"")
    default: host.answer(id, parameters.text)
    }
  }

  func afterEnd() {
    if self == .outlivesItsInput { rest() }
  }

  private func rest() {
    while true { pause() }
  }

  private func progress(_ id: Int64, _ fraction: Double) -> String {
    "{\"id\":\(id),\"fraction\":\(fraction)}"
  }

  /// Says that it works, and answers as if nothing had been cancelled once it is.
  private func answerLate(_ host: Channel, _ id: Int64) {
    host.notify("progress", progress(id, 0))
    _ = host.readLine()
    host.notify("progress", progress(id, 0.5))
    host.answer(id, "\"late\"")
  }

  /// Prints 200 MiB before it answers.
  private func flood(_ host: Channel, _ id: Int64) {
    let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    for _ in 0..<200 {
      unsafe _ = chunk.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    }
    say("")
    say("the flood is over")
    host.answer(id, "1")
  }

  private func sendLongLine(_ host: Channel, _ id: Int64) {
    host.send("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\"")
    let mebibyte = String(repeating: "x", count: 1 << 20)
    for _ in 0..<500 { host.send(mebibyte) }
    host.send("\"}\n")
  }

  /// Works for half a second of processor time, or without end where it is asked to.
  private func burn(_ host: Channel, _ id: Int64, _ parameters: JSONValue) {
    let end = parameters["analysis"]?.string == "short" ? clock() + CLOCKS_PER_SEC / 2 : .max
    while clock() < end {}
    host.answer(id, "1")
  }

  private func allocate() {
    say("one more gibibyte")
    while true {
      let size = 64 << 20
      guard let memory = unsafe malloc(size) else { abort() }
      unsafe memset(memory, 1, size)
    }
  }

  private func goBackward(_ host: Channel, _ id: Int64) {
    for fraction in [0.2, 0.1, 0.5, 0.5, 2, -1, 0.4, 0.9] {
      host.notify("progress", progress(id, fraction))
    }
    host.notify("progress", progress(id + 1, 0.95))
    host.notify("celebrate", "{}")
    host.answer(id, "1")
    host.notify("progress", progress(id, 1))
  }

  /// Leaves a process behind that holds every pipe open.
  private func leaveChild(_ host: Channel, _ id: Int64) {
    var child: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("sleep"), strdup("1000"), nil]
    unsafe _ = posix_spawn(&child, "/bin/sleep", nil, nil, &arguments, nil)
    say("\(child)")
    exit(9)
  }
}
