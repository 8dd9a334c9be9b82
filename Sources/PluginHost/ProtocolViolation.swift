package import PluginProtocol

/// What a plugin did that the protocol forbids.
package enum ProtocolViolation: Error, Hashable, Sendable {
  case badLine(PluginMessageFault)
  case lineTooLong(limit: Int)
  /// The channel closed in the middle of a line.
  case halfLine
  /// The channel closed and the process lived on.
  case channelClosed
  case greetingRefused(String)
  case wrongProtocol(found: Int, expected: Int)
  case wrongIdentity(found: String, expected: String)
  case wrongVersion(found: String, expected: String)
  /// An answer to a request that was never made.
  case unknownRequest(id: Int64)
  /// A second answer to one request.
  case answeredTwice(id: Int64)
  /// It asks the host for things and leaves the answers in the pipe.
  case readsNoAnswers(limit: Int)
  /// An answer that is not what the method answers.
  case badAnswer(String)
}

extension ProtocolViolation: CustomStringConvertible {
  package var description: String {
    switch self {
    case .badLine(let fault): fault.description
    case .lineTooLong(let limit): "sent a line of more than \(limit) bytes"
    case .halfLine: "closed its channel in the middle of a line"
    case .channelClosed: "closed its channel"
    case .greetingRefused(let reason): "refused the greeting (\(reason))"
    case .wrongProtocol(let found, let expected):
      "speaks protocol \(found), the host speaks \(expected)"
    case .wrongIdentity(let found, let expected):
      "calls itself \"\(found)\", its manifest says \"\(expected)\""
    case .wrongVersion(let found, let expected):
      "calls itself version \(found), its manifest says \(expected)"
    case .unknownRequest(let id): "answered request \(id), which was never made"
    case .answeredTwice(let id): "answered request \(id) twice"
    case .readsNoAnswers(let limit):
      "left more than \(limit) bytes of answers to its own requests unread"
    case .badAnswer(let what): "answered something other than \(what)"
    }
  }
}
