import Glibc
import Logging
import Synchronization

/// Writes each log entry as one line on stderr, with one call.
struct StandardErrorLog: LogHandler {
  /// The level of every logger of the process, which a reload may change.
  final class Threshold: Sendable {
    private let level: Mutex<Logger.Level>

    init(_ level: Logger.Level) { self.level = Mutex(level) }

    func get() -> Logger.Level { level.withLock { $0 } }
    func set(_ new: Logger.Level) { level.withLock { $0 = new } }
  }

  let label: String
  let threshold: Threshold
  var metadata: Logger.Metadata = [:]

  var logLevel: Logger.Level {
    get { threshold.get() }
    set { threshold.set(newValue) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let line = "\(Self.timestamp()) \(event.level) \(label): \(event.message)\(details)"
    // A newline in a value must not look like an entry of its own.
    let bytes = Array(line.utf8).map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 } + [0x0A]
    // With stderr gone there is nobody to tell.
    _ = unsafe bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// `2026-11-24T15:27:29Z`.
  private static func timestamp() -> String {
    var now = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let capacity = text.count
    let length = unsafe strftime(&text, capacity, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
