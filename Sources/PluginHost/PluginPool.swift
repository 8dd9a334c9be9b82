import PluginProtocol
import Synchronization

/// The processes of one plugin, and the requests that wait for one.
final class PluginPool: Sendable {
  /// Why a process is free.
  enum Release {
    case started, answered, recovered
  }

  /// What a free process does next.
  enum Order {
    case serve(PluginJob)
    case rest, stop
  }

  /// How a process ended.
  struct Ending {
    /// Nil where the host wished for the end.
    var failure: PluginFailure?
    var wasReady: Bool
    /// The run that was in progress.
    var job: PluginJob?
    var peakMemory: PeakMemory?
  }

  struct State {
    var health: PluginHealth
    /// Processes that take requests, or will once they have started.
    var active: [ObjectIdentifier: PluginProcess] = [:]
    /// The free ones; the last is the warmest.
    var idle: [PluginProcess] = []
    var starting: Set<ObjectIdentifier> = []
    /// Processes on their way out.
    var leaving: [ObjectIdentifier: PluginProcess] = [:]
    var waiting: [PluginJob] = []
    var peakMemory: PeakMemory?
    /// Takes no new requests: the plugin was changed, removed, or the host ends.
    var isRetired = false
    var whenGone: [CheckedContinuation<Void, Never>] = []
  }

  let plugin: InstalledPlugin
  let settings: PluginHostSettings
  let state: Mutex<State>

  init(plugin: InstalledPlugin, settings: PluginHostSettings) {
    self.plugin = plugin
    self.settings = settings
    state = Mutex(State(health: PluginHealth(settings: settings)))
  }

  /// Gives the job to a process, now or later; false where the pool takes no jobs any more.
  func submit(_ job: PluginJob) -> Bool {
    while true {
      enum Decision {
        case give(PluginProcess)
        case wait, refuse
        case fail(PluginFailure)
      }
      let decision: Decision = state.withLock { state in
        if state.isRetired { return .refuse }
        if let failure = heldBack(state) { return .fail(failure) }
        if let process = state.idle.popLast() { return .give(process) }
        state.waiting.append(job)
        return .wait
      }
      switch decision {
      case .refuse: return false
      case .fail(let failure): job.finish(.failure(failure))
      case .wait: startProcesses()
      case .give(let process):
        // It may have ended in the meantime; then it has left the pool or is about to.
        guard process.begin(job) else { continue }
      }
      return true
    }
  }

  /// Decides what a process that has become free does next.
  func release(_ process: PluginProcess, _ reason: Release) -> Order {
    state.withLock { state in
      state.starting.remove(ObjectIdentifier(process))
      if reason == .answered { state.health.answered() }
      while !state.waiting.isEmpty {
        let job = state.waiting.removeFirst()
        if !job.isFinished { return .serve(job) }
      }
      guard !state.isRetired, state.active[ObjectIdentifier(process)] != nil else { return .stop }
      state.idle.append(process)
      return .rest
    }
  }

  /// Returns a job that a process could not take to the head of the queue.
  func putBack(_ job: PluginJob) {
    state.withLock { $0.waiting.insert(job, at: 0) }
    startProcesses()
  }

  /// Makes room for another process: this one is on its way out.
  func withdraw(_ process: PluginProcess, startingAnother: Bool) {
    let key = ObjectIdentifier(process)
    state.withLock { state in
      guard state.active.removeValue(forKey: key) != nil else { return }
      state.idle.removeAll { $0 === process }
      state.leaving[key] = process
    }
    if startingAnother { startProcesses() }
  }

  /// Hears of the end of a process, after it has been cleared away.
  func ended(_ process: PluginProcess, _ ending: Ending) {
    let now = OperatingSystem.nanoseconds
    let key = ObjectIdentifier(process)
    let (victims, waiters) = state.withLock { state in
      state.active[key] = nil
      state.leaving[key] = nil
      state.idle.removeAll { $0 === process }
      state.starting.remove(key)
      state.notePeak(ending.peakMemory)
      let victims = self.victims(of: ending, at: now, &state)
      guard state.active.isEmpty, state.leaving.isEmpty else { return (victims, state.noWaiters) }
      defer { state.whenGone = [] }
      return (victims, state.whenGone)
    }
    for (job, failure) in victims { job.finish(.failure(failure)) }
    startProcesses()
    for waiter in waiters { waiter.resume() }
  }

  private func victims(
    of ending: Ending, at now: Int64, _ state: inout State
  ) -> [(PluginJob, PluginFailure)] {
    guard let failure = ending.failure else { return [] }
    state.health.died(at: now, reason: failure.description)
    var victims: [(PluginJob, PluginFailure)] = []
    if let job = ending.job {
      victims.append((job, failure))
    } else if !ending.wasReady, let first = state.waiting.firstIndex(where: { !$0.isFinished }) {
      victims.append((state.waiting.remove(at: first), failure))
    }
    if let held = heldBack(state) {
      victims += state.waiting.map { ($0, held) }
      state.waiting = []
    }
    return victims
  }

  private func heldBack(_ state: borrowing State) -> PluginFailure? {
    state.health.hold(at: OperatingSystem.nanoseconds).map { hold in
      .heldBack(plugin: plugin.id, remaining: hold.remaining, reason: hold.reason)
    }
  }

  /// Starts as many processes as there are jobs without one, up to the limit.
  private func startProcesses() {
    let started = state.withLock { state in
      state.waiting.removeAll(where: \.isFinished)
      let wanted = min(
        state.waiting.count - state.starting.count, settings.processesPerPlugin - state.active.count
      )
      guard wanted > 0 else { return [PluginProcess]() }
      let processes = (0..<wanted).map { _ in
        PluginProcess(plugin: plugin, settings: settings, pool: self)
      }
      for process in processes {
        state.active[ObjectIdentifier(process)] = process
        state.starting.insert(ObjectIdentifier(process))
      }
      return processes
    }
    for process in started { process.start() }
  }
}

extension PluginPool.State {
  var noWaiters: [CheckedContinuation<Void, Never>] { [] }

  mutating func notePeak(_ peak: PeakMemory?) {
    guard let peak, peak.bytes > peakMemory?.bytes ?? 0 else { return }
    peakMemory = peak
  }
}

extension PluginPool {
  /// Takes no more jobs; its processes end as they become free.
  func retire() {
    let idle = state.withLock { state in
      state.isRetired = true
      defer { state.idle = [] }
      return state.idle
    }
    for process in idle { process.stop() }
  }

  /// Whether the last process has ended.
  var isGone: Bool { state.withLock { $0.active.isEmpty && $0.leaving.isEmpty } }

  /// Lifts a hold.
  func pardon() { state.withLock { $0.health.pardon() } }

  /// Gives every job up and returns when the last process is gone.
  func shutDown() async {
    retire()
    let (waiting, processes) = state.withLock { state in
      defer { state.waiting = [] }
      return (state.waiting, Array(state.active.values) + Array(state.leaving.values))
    }
    for job in waiting { job.giveUp(.shuttingDown) }
    for process in processes { process.shutDown() }
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isGone = state.withLock { state in
        guard !state.active.isEmpty || !state.leaving.isEmpty else { return true }
        state.whenGone.append(continuation)
        return false
      }
      if isGone { continuation.resume() }
    }
  }

  var status: PluginStatus {
    let (status, processes) = state.withLock { state in
      let processes = Array(state.active.values) + Array(state.leaving.values)
      let busy = state.active.count - state.idle.count
      return (
        PluginStatus(
          id: plugin.id, version: plugin.manifest.version, folder: plugin.folder,
          state: heldBackState(state)
            ?? (busy > 0
              ? .running(busy) : state.idle.isEmpty ? .stopped : .warm(state.idle.count)),
          waiting: state.waiting.count, lastFailure: state.health.lastFailure,
          restarts: state.health.restarts, processes: [], peakMemory: state.peakMemory), processes
      )
    }
    return status.completed(with: processes.compactMap(\.processID))
  }

  private func heldBackState(_ state: borrowing State) -> PluginStatus.State? {
    state.health.hold(at: OperatingSystem.nanoseconds).map { hold in
      .heldBack(remaining: hold.remaining, reason: hold.reason)
    }
  }
}
