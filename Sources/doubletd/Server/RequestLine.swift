import ClientProtocol
import JSON

/// What a line turns out to be.
enum RequestLine: Sendable {
  case request(ClientRequest)
  case malformed(ClientRequest.Malformed)
  /// A notification that asks for nothing we know; JSON-RPC answers none, not even these.
  case pointless

  init(_ line: [UInt8]) {
    do throws(ClientRequest.Malformed) {
      self = .request(try ClientRequest(line: line))
    } catch {
      let isPointless = error.failure.kind != .malformed && Self.isNotification(line)
      self = isPointless ? .pointless : .malformed(error)
    }
  }

  private static func isNotification(_ line: [UInt8]) -> Bool {
    guard let members = try? JSONMembers(parsing: line) else { return false }
    return members["id"] == nil && members["jsonrpc"] == "2.0" && members["method"]?.string != nil
  }
}
