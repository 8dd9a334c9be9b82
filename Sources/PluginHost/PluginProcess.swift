import CLinux
import Glibc
import JSON
import PluginProtocol
import Synchronization
import Threads

/// One process of one plugin.
///
/// Callers put requests to it from any thread; its ``ProcessMonitor`` reads what comes back, keeps
/// the deadlines and sees the end, on a thread of its own.
final class PluginProcess: Sendable {
  /// What happens when the deadline passes.
  enum DeadlineKind: Hashable {
    case start, run, idle
    /// The processor time of the run is to be looked at.
    case cpu
    /// SIGTERM, because a request or an end of input was not heeded.
    case terminate
    /// SIGKILL, because SIGTERM was not.
    case kill
    /// The channel closed; a process that is ending would be gone by now.
    case closedChannel
  }

  struct Deadline {
    var kind: DeadlineKind
    var time: Int64
  }

  struct State {
    var session: PluginSession
    var job: PluginJob?
    var jobStarted: Int64 = 0
    /// The processor time the process had used when the run began.
    var jobStartedCPU: Int64 = 0
    /// The process id, while the process has not been reaped.
    var process: pid_t?
    /// The host's end of descriptor 3; -1 when it is closed.
    var input: CInt = -1
    var wake: CInt = -1
    /// What the pipe has not taken yet.
    var unsent: ArraySlice<UInt8> = []
    var log = LogTail()
    var deadline: Deadline?
    /// When the monitor will look at the deadline next, without being woken.
    var sleepsUntil = Int64.min
    /// Whether new requests are taken.
    var isOpen = true
    /// Ends the process as soon as it is idle.
    var endsWhenIdle = false
  }

  let plugin: InstalledPlugin
  let settings: PluginHostSettings
  let pool: PluginPool
  let state: Mutex<State>

  init(plugin: InstalledPlugin, settings: PluginHostSettings, pool: PluginPool) {
    self.plugin = plugin
    self.settings = settings
    self.pool = pool
    state = Mutex(
      State(
        session: PluginSession(
          id: plugin.id, version: plugin.manifest.version,
          dropsBadProgress: settings.dropsBadProgress)))
  }

  /// The process id, or nil before the start and after the end.
  var processID: pid_t? { state.withLock { $0.process } }

  /// Starts the process on a thread of its own; the pool hears how that went.
  func start() {
    guard !startThread(named: "plugin", { ProcessMonitor.run(self) }) else {
      return
    }
    startFailed("no thread can be started")
  }

  func startFailed(_ reason: String) {
    pool.ended(
      self,
      PluginPool.Ending(failure: .spawnFailed(plugin: plugin.id, reason: reason), wasReady: false))
  }

  /// Puts a request to the plugin; false where the process takes none.
  func begin(_ job: PluginJob) -> Bool {
    let now = OperatingSystem.nanoseconds
    let begun = state.withLock { state in
      guard state.isOpen, let id = state.session.begin() else { return false }
      state.job = job
      state.jobStarted = now
      state.log.removeAll()
      state.send(job.line(id: id))
      state.limitRun(settings, at: now)
      return true
    }
    if begun, !job.attach(self) { abandon(job, as: .cancelled) }
    return begun
  }

  /// Tells the plugin that nobody waits for the job any more, and sets a term.
  func abandon(_ job: PluginJob, as failure: PluginFailure) {
    let now = OperatingSystem.nanoseconds
    state.withLock { state in
      guard state.job === job, let line = state.session.cancel() else { return }
      state.job = nil
      if failure == .shuttingDown { state.endsWhenIdle = true }
      state.send(line.bytes + [UInt8(ascii: "\n")])
      state.setDeadline(.terminate, now + settings.cancelGrace.nanoseconds)
    }
  }

  /// Gives up what the process is at and ends it.
  func shutDown() {
    state.withLock { $0.job }?.giveUp(.shuttingDown)
    stop()
  }

  /// Ends the process once it is idle.
  func stop() {
    let now = OperatingSystem.nanoseconds
    state.withLock { state in
      state.endsWhenIdle = true
      if state.session.state == .idle || state.session.state == .new {
        state.close(endingBy: now + settings.cancelGrace.nanoseconds)
      }
      state.wakeMonitor()
    }
  }
}

extension PluginProcess.State {
  /// Writes what the pipe takes; the monitor sends the rest.
  mutating func send(_ line: [UInt8]) {
    guard input >= 0 else { return }
    if unsent.isEmpty { unsent = line[...] } else { unsent.append(contentsOf: line) }
    flush()
    if !unsent.isEmpty { wakeMonitor() }
  }

  mutating func flush() {
    while !unsent.isEmpty, input >= 0 {
      let count = unsafe unsent.withUnsafeBytes { bytes in
        unsafe write(input, bytes.baseAddress, bytes.count)
      }
      if count > 0 {
        unsent = unsent.dropFirst(count)
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        // The plugin has closed its end; its death or its silence is dealt with elsewhere.
        unsent = []
      }
    }
  }

  mutating func setDeadline(_ kind: PluginProcess.DeadlineKind, _ time: Int64) {
    deadline = PluginProcess.Deadline(kind: kind, time: time)
    if time < sleepsUntil { wakeMonitor() }
  }

  /// Takes no more requests and closes the plugin's input, at which it must exit.
  mutating func close(endingBy time: Int64) {
    guard isOpen else { return }
    isOpen = false
    closeInput()
    setDeadline(.terminate, time)
  }

  mutating func closeInput() {
    if input >= 0 { Glibc.close(input) }
    input = -1
    unsent = []
  }

  func wakeMonitor() {
    guard wake >= 0 else { return }
    var one: UInt64 = 1
    unsafe _ = write(wake, &one, 8)
  }
}
