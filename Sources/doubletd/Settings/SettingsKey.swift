import Logging
import PluginHost
import TOMLKit

/// One setting: how it is called, what it takes, and where it goes.
struct SettingsKey: Sendable {
  /// As in the file, with the table before the dot.
  let name: String
  let expected: String
  /// Puts a value in its place; false when the value is none this setting takes.
  let apply: @Sendable (any TOMLValueConvertible, inout Settings) -> Bool

  static let all: [SettingsKey] = [
    text("socket") { $0.socket = $1 },
    text("data") { $0.data = $1 },
    SettingsKey(name: "plugins", expected: "a list of folders") { value, settings in
      guard let array = value.array else { return false }
      settings.plugins = array.compactMap(\.string)
      return settings.plugins.count == array.count
    },
    SettingsKey(
      name: "log_level",
      expected: Logger.Level.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    ) { value, settings in
      guard let level = value.string.flatMap({ Logger.Level(rawValue: $0) }) else { return false }
      settings.logLevel = level
      return true
    },
    seconds("idle_exit_seconds") { $0.idleExitSeconds = $1 },
    seconds("stop_seconds") { $0.stopSeconds = $1 },
    SettingsKey(name: "allow_uids", expected: "a list of user numbers") { value, settings in
      guard let array = value.array else { return false }
      settings.allowUIDs = array.compactMap { $0.int.flatMap(UInt32.init(exactly:)) }
      return settings.allowUIDs.count == array.count
    },
    count("submitted_runs", 1...1000) { $0.submittedRuns = $1 },
    count("limits.connections", 1...10_000) { $0.limits.connections = $1 },
    count("limits.requests_per_connection", 1...10_000) { $0.limits.requestsPerConnection = $1 },
    size("limits.line", 1 << 10...1 << 30) { $0.limits.lineBytes = $1 },
    size("limits.unanswered", 1 << 20...1 << 40) { $0.limits.unansweredBytes = $1 },
    size("limits.unread_hard", 1 << 20...1 << 40) { $0.limits.unreadHardBytes = $1 },
    size("limits.unread_soft", 1 << 16...1 << 40) { $0.limits.unreadSoftBytes = $1 },
    seconds("limits.unread_soft_seconds") { $0.limits.unreadSoftSeconds = $1 },
    seconds("plugin.start_seconds") { $0.host.startLimit = .seconds($1) },
    seconds("plugin.run_seconds") { $0.host.runLimit = .seconds($1) },
    seconds("plugin.idle_seconds") { $0.host.idleLimit = .seconds($1) },
    seconds("plugin.cpu_seconds") { $0.host.cpuLimit = $1 == 0 ? nil : .seconds($1) },
    size("plugin.memory", 0...1 << 46) { $0.host.memoryLimitBytes = $1 == 0 ? nil : UInt64($1) },
    size("plugin.line", 1 << 10...1 << 30) { $0.host.maximumLineBytes = $1 },
    SettingsKey(name: "plugin.sandbox", expected: "true or false") { value, settings in
      guard let flag = value.bool else { return false }
      settings.host.isSandboxed = flag
      return true
    },
    count("plugin.processes", 0...1024) {
      $0.host.processesPerPlugin = $1 == 0 ? PluginHostSettings().processesPerPlugin : $1
    },
  ]
}

extension SettingsKey {
  typealias Setter<Value> = @Sendable (inout Settings, Value) -> Void

  private static func text(_ name: String, _ set: @escaping Setter<String>) -> SettingsKey {
    SettingsKey(name: name, expected: "a text that is not empty") { value, settings in
      guard let text = value.string, !text.isEmpty else { return false }
      set(&settings, text)
      return true
    }
  }

  private static func count(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping Setter<Int>
  ) -> SettingsKey {
    SettingsKey(
      name: name, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
    ) { value, settings in
      guard let count = value.int, range.contains(count) else { return false }
      set(&settings, count)
      return true
    }
  }

  private static func seconds(_ name: String, _ set: @escaping Setter<Double>) -> SettingsKey {
    SettingsKey(name: name, expected: "a number of seconds from 0 to 1e9") { value, settings in
      guard let seconds = value.double ?? value.int.map({ Double($0) }), (0...1e9).contains(seconds)
      else { return false }
      set(&settings, seconds)
      return true
    }
  }

  private static func size(
    _ name: String, _ range: ClosedRange<Int>, _ set: @escaping Setter<Int>
  ) -> SettingsKey {
    let least = ByteCount.text(range.lowerBound)
    let most = ByteCount.text(range.upperBound)
    return SettingsKey(name: name, expected: "a size from \"\(least)\" to \"\(most)\"") {
      value, settings in
      guard let bytes = value.int ?? value.string.flatMap(ByteCount.parse), range.contains(bytes)
      else { return false }
      set(&settings, bytes)
      return true
    }
  }
}
