/// The limits that are in force, in words.
package struct PluginLimits: Sendable {
  private let settings: PluginHostSettings

  init(_ settings: PluginHostSettings) { self.settings = settings }

  /// Time, processor time and memory, each with what it is counted for.
  package var sentence: String {
    let cpu =
      settings.cpuLimit.map {
        "\($0.words) of processor time (processes it starts are counted one by one)"
      } ?? "any processor time"
    let memory =
      settings.memoryLimitBytes.map { "at most \(PeakMemory(bytes: $0, isUpperBound: false))" }
      ?? "any amount"
    return "a run may take \(settings.runLimit.words) and use \(cpu); a plugin process may hold "
      + "\(memory) of address space"
  }
}

extension PluginHost {
  /// What a run may take.
  package var limits: PluginLimits { PluginLimits(settings) }
}
