import Glibc
import JSON

/// A plugin that does wrong, one way at a time: the way is its first argument, the id its host
/// knows it by the second.
@main struct MisbehavingPlugin {
  static func main() {
    let way = CommandLine.arguments.dropFirst().first.flatMap(Misbehavior.init)
    guard let way else {
      print("ways: \(Misbehavior.allCases.map(\.rawValue).joined(separator: " "))")
      exit(64)
    }
    way.beforeGreeting()
    let host = Channel()
    while let line = host.readLine() {
      guard let message = try? JSONValue(parsing: line), let id = message["id"]?.integer else {
        continue
      }
      if message["method"]?.string == "initialize" {
        way.greet(host, id)
      } else {
        way.run(host, id, message["params"] ?? [:])
      }
    }
    way.afterEnd()
  }
}

/// What goes to and comes from the host, without any of the kit's care.
struct Channel {
  func readLine() -> [UInt8]? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(3, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    return nil
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(4, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  func answer(_ id: Int64, _ result: String) {
    send("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":\(result)}\n")
  }

  func notify(_ method: String, _ parameters: String) {
    send("{\"jsonrpc\":\"2.0\",\"method\":\"\(method)\",\"params\":\(parameters)}\n")
  }
}

/// Prints a line past the buffer of `print`, so that no death can lose it.
func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  unsafe _ = bytes.withUnsafeBytes { unsafe write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}
