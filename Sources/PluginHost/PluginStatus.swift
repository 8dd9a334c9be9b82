import Glibc

/// What a plugin's processes are doing.
package struct PluginStatus: Sendable, Hashable {
  package enum State: Sendable, Hashable {
    /// No process; the next run starts one.
    case stopped
    /// So many processes wait for a run.
    case warm(Int)
    /// So many processes are starting or at work.
    case running(Int)
    case heldBack(remaining: Duration, reason: String)
  }

  package var id: String
  package var version: String
  package var folder: String
  package var state: State
  /// Requests that wait for a process.
  package var waiting: Int
  package var lastFailure: String?
  /// Processes that died when they should not have.
  package var restarts: Int
  package var processes: [Int32]
  /// The most memory any of its processes has held.
  package var peakMemory: PeakMemory?
}

extension PluginStatus {
  /// The status with the processes and what the kernel says of their memory.
  func completed(with processes: [pid_t]) -> PluginStatus {
    var status = self
    status.processes = processes.sorted()
    for process in processes {
      guard let bytes = OperatingSystem.peakBytes(of: process),
        bytes > status.peakMemory?.bytes ?? 0
      else { continue }
      status.peakMemory = PeakMemory(bytes: bytes, isUpperBound: false)
    }
    return status
  }
}
