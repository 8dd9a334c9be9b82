package import PluginProtocol

/// Why a request to a plugin has no answer.
package enum PluginFailure: Error, Hashable, Sendable {
  /// The plugin will not compute what was asked; the only case that is not about its process.
  case refused(Refusal)
  /// The caller gave the request up.
  case cancelled
  case died(PluginDeath)
  /// The run took longer than it may.
  case deadline(plugin: String, limit: Duration)
  /// The run used more processor time than it may.
  case cpuTime(plugin: String, limit: Duration)
  case protocolViolation(plugin: String, ProtocolViolation)
  case startTimedOut(plugin: String, limit: Duration)
  /// The plugin died too often; `remaining` is how long it will not be tried again.
  case heldBack(plugin: String, remaining: Duration, reason: String)
  case unknownPlugin(String)
  /// No process could be started.
  case spawnFailed(plugin: String, reason: String)
  case shuttingDown
}

extension PluginFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .refused(let refusal): refusal.message
    case .cancelled: "the run was cancelled"
    case .died(let death): death.description
    case .deadline(let plugin, let limit):
      "\(plugin) was stopped: a run may take \(limit.words)"
    case .cpuTime(let plugin, let limit):
      "\(plugin) was stopped: a run may use \(limit.words) of processor time"
    case .protocolViolation(let plugin, let violation):
      "\(plugin) was stopped: it \(violation)"
    case .startTimedOut(let plugin, let limit):
      "\(plugin) was stopped: it did not greet the host within \(limit.words)"
    case .heldBack(let plugin, let remaining, let reason):
      "\(plugin) is held back for another \(remaining.roundedUp) after repeated failures; "
        + "the last: \(reason)"
    case .unknownPlugin(let name): "no plugin is called \"\(name)\""
    case .spawnFailed(let plugin, let reason): "\(plugin) could not be started: \(reason)"
    case .shuttingDown: "the plugin host is shutting down"
    }
  }
}

extension Duration {
  /// Whole seconds, at least one.
  fileprivate var roundedUp: String { "\(Swift.max(1, Int64(seconds.rounded(.up)))) s" }
}

/// How a plugin's process ended when it should not have.
package struct PluginDeath: Error, Hashable, Sendable {
  /// What the process was doing.
  package enum Moment: String, Hashable, Sendable {
    case starting = "while starting"
    case running = "during a run"
    case idle = "while idle"
  }

  package enum Exit: Hashable, Sendable {
    case code(Int)
    /// The signal's name, such as `SIGKILL`.
    case signal(String)
  }

  package let plugin: String
  package let moment: Moment
  package let exit: Exit
  package let peakMemory: PeakMemory
  /// The last lines it printed, oldest first; at most 20.
  package let lastLines: [String]
  /// The replicates of the shard it was computing, where it died of them twice.
  package var replicates: ClosedRange<Int>?
}

extension PluginDeath: CustomStringConvertible {
  package var description: String {
    let how =
      switch exit {
      case .code(let code): "exited with code \(code)"
      case .signal(let name): "was killed by \(name)"
      }
    let said = lastLines.last.map { "; it last said: \($0)" } ?? ""
    let twice = replicates.map {
      ", twice, computing replicates \($0.lowerBound) to \($0.upperBound)"
    }
    return "\(plugin) \(how) \(moment.rawValue)\(twice ?? "") (peak memory \(peakMemory))\(said)"
  }
}

/// The most memory a process held at once.
package struct PeakMemory: Hashable, Sendable {
  package var bytes: UInt64
  /// Whether the process may have held less.
  ///
  /// Linux counts a child's memory from before `exec`, when it shares its parent's; a figure no
  /// larger than the host's own says only that the plugin stayed below it.
  package var isUpperBound: Bool
}

extension PeakMemory: CustomStringConvertible {
  package var description: String {
    let mebibytes = (bytes + (1 << 20) - 1) >> 20
    return (isUpperBound ? "at most " : "") + "\(mebibytes) MiB"
  }
}
