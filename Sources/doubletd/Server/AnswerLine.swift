import ClientProtocol
import JSON
import NIOCore
import PluginProtocol

/// The lines a server sends, as buffers that end in `\n`.
enum AnswerLine {
  /// The answer to a request.
  ///
  /// The result's bytes are copied as they are: no digit changes on the way.
  static func buffer(id: JSONValue, _ answer: ClientAnswer) -> ByteBuffer {
    switch answer {
    case .success(let result):
      var buffer = ByteBuffer()
      buffer.reserveCapacity(result.count + 64)
      buffer.writeStaticString("{\"jsonrpc\":\"2.0\",\"id\":")
      buffer.writeBytes(id.bytes)
      buffer.writeStaticString(",\"result\":")
      buffer.writeBytes(result)
      buffer.writeStaticString("}\n")
      return buffer
    case .failure(let failure):
      return line(["jsonrpc": "2.0", "id": id, "error": failure.json])
    }
  }

  static func failure(
    _ kind: CommandFailure.Kind, _ message: String, id: JSONValue = .null
  ) -> ByteBuffer {
    buffer(id: id, .failure(CommandFailure(kind, message)))
  }

  /// A `progress` notification.
  static func progress(
    of id: JSONValue, run: String?, _ progress: RunProgress, secondsLeft: Double?
  ) -> ByteBuffer {
    var parameters: JSONObject = ["id": id]
    parameters["run"] = run.map(JSONValue.string)
    parameters["fraction"] = JSONValue(progress.fraction)
    parameters["message"] = progress.message.map(JSONValue.string)
    parameters["secondsLeft"] = secondsLeft.map { JSONValue($0) }
    return line(Wire.notification(method: "progress", parameters: .object(parameters)))
  }

  private static func line(_ json: JSONValue) -> ByteBuffer {
    var buffer = ByteBuffer(bytes: json.bytes)
    buffer.writeStaticString("\n")
    return buffer
  }
}
