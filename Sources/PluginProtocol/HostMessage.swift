public import JSON

/// One line from the host, as a plugin reads it.
public enum HostMessage: Sendable, Hashable {
  case request(id: JSONValue, PluginRequest)
  /// The host gives a request up; it is to be answered all the same.
  case cancel(id: JSONValue)
  /// The host's answer to a request of the plugin's.
  case answer(id: JSONValue, result: JSONValue)
  case failure(id: JSONValue, Refusal)
  /// A notification of a later version of the protocol, to be ignored.
  case unknown(method: String)
}

/// A line a plugin cannot act on, and the error object it deserves.
public struct HostMessageFault: Error, Hashable, Sendable {
  public let id: JSONValue
  public let code: Int64
  public let message: String
}

extension HostMessage {
  public init(parsing line: [UInt8]) throws(HostMessageFault) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      throw HostMessageFault(id: .null, code: Wire.parseErrorCode, message: "\(error)")
    }
    let id = value["id"] ?? .null
    guard let method = value["method"]?.string else {
      if let answer = Self.answer(value, id) {
        self = answer
        return
      }
      throw HostMessageFault(
        id: id, code: Wire.invalidRequestCode, message: "a request needs a method")
    }
    let parameters = value["params"] ?? [:]
    if value["id"] == nil {
      self =
        method == "cancel" ? .cancel(id: parameters["id"] ?? .null) : .unknown(method: method)
    } else {
      self = .request(id: id, try Self.request(method, parameters, id))
    }
  }

  private static func answer(_ value: JSONValue, _ id: JSONValue) -> Self? {
    if let result = value["result"] { return .answer(id: id, result: result) }
    guard let error = value["error"], let code = error["code"]?.integer else { return nil }
    let message = error["message"]?.string ?? ""
    return .failure(id: id, Refusal(code: code, message: message, data: error["data"]))
  }

  private static func request(
    _ method: String, _ parameters: JSONValue, _ id: JSONValue
  ) throws(HostMessageFault) -> PluginRequest {
    switch method {
    case "initialize":
      guard let version = parameters["protocol"]?.integer else { break }
      let features = parameters["features"]?.array ?? []
      return .initialize(protocol: Int(version), features: features.compactMap(\.string))
    case "check":
      guard let definition = parameters["definition"]?.object else { break }
      return .check(definition: definition)
    case "run":
      do {
        return .run(try RunRequest(json: parameters))
      } catch {
        throw HostMessageFault(
          id: id, code: Wire.invalidParametersCode, message: "run: \(Wire.words(for: error))")
      }
    case "merge":
      guard let partials = parameters["partials"]?.array else { break }
      return .merge(partials: partials)
    case "shutdown": return .shutdown
    default:
      throw HostMessageFault(
        id: id, code: Wire.unknownMethodCode, message: "no method is called \"\(method)\"")
    }
    throw HostMessageFault(
      id: id, code: Wire.invalidParametersCode,
      message: "\(method) lacks its parameter \"\(Self.requiredMember[method, default: ""])\"")
  }

  private static let requiredMember = [
    "initialize": "protocol", "check": "definition", "merge": "partials",
  ]
}
