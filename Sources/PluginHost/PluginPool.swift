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
    /// Which of the active processes wait for others.
    var inner = InnerRunCount()
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
        if admits(job, state), let process = state.idle.popLast() {
          state.inner.begin(job, on: process)
          return .give(process)
        }
        state.waiting.append(job)
        return .wait
      }
      switch decision {
      case .refuse: return false
      case .fail(let failure): job.finish(.failure(failure))
      case .wait: startProcesses()
      case .give(let process):
        // It may have ended in the meantime; then it has left the pool or is about to.
        guard process.begin(job) else {
          state.withLock { $0.inner.end(process) }
          continue
        }
      }
      return true
    }
  }

  /// Decides what a process that has become free does next.
  func release(_ process: PluginProcess, _ reason: Release) -> Order {
    state.withLock { state in
      state.starting.remove(ObjectIdentifier(process))
      state.inner.end(process)
      if reason == .answered { state.health.answered() }
      if let job = next(&state) {
        state.inner.begin(job, on: process)
        return .serve(job)
      }
      guard !state.isRetired, state.active[ObjectIdentifier(process)] != nil,
        state.busyCount <= settings.processesPerPlugin
      else { return .stop }
      state.idle.append(process)
      return .rest
    }
  }

  /// Whether a job may begin beside those in progress.
  private func admits(_ job: PluginJob, _ state: borrowing State) -> Bool {
    !job.isOutermost || state.inner.outermostCount < settings.processesPerPlugin
  }

  /// Takes the first waiting job that may begin.
  private func next(_ state: inout State) -> PluginJob? {
    state.waiting.removeAll(where: \.isFinished)
    let mayOutermost = state.inner.outermostCount < settings.processesPerPlugin
    return state.waiting.firstIndex { mayOutermost || !$0.isOutermost }
      .map { state.waiting.remove(at: $0) }
  }

  /// Returns a job that a process could not take to the head of the queue.
  func putBack(_ job: PluginJob, from process: PluginProcess) {
    state.withLock { state in
      state.inner.end(process)
      state.waiting.insert(job, at: 0)
    }
    startProcesses()
  }

  /// Makes room for another process: this one is on its way out.
  func withdraw(_ process: PluginProcess, startingAnother: Bool) {
    let key = ObjectIdentifier(process)
    state.withLock { state in
      guard state.active.removeValue(forKey: key) != nil else { return }
      state.idle.removeAll { $0 === process }
      state.inner.end(process)
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
      state.inner.end(process)
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

  func heldBack(_ state: borrowing State) -> PluginFailure? {
    state.health.hold(at: OperatingSystem.nanoseconds).map { hold in
      .heldBack(plugin: plugin.id, remaining: hold.remaining, reason: hold.reason)
    }
  }

  /// Gives waiting jobs to processes that are free, and starts as many as the others need, up to
  /// the limit.
  ///
  /// A process whose run waits for a run inside it does not count: else runs could wait for one
  /// another for ever. Runs that are in no other are admitted up to the limit all the same, so that
  /// the number of processes is bounded.
  func startProcesses() {
    for (process, job) in state.withLock({ pairs(&$0) }) where !process.begin(job) {
      putBack(job, from: process)
    }
    let started = state.withLock { state in
      let wanted = min(
        admissible(state) - state.starting.count, settings.processesPerPlugin - state.busyCount)
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

  private func pairs(_ state: inout State) -> [(PluginProcess, PluginJob)] {
    var pairs: [(PluginProcess, PluginJob)] = []
    while let process = state.idle.last, let job = next(&state) {
      state.idle.removeLast()
      state.inner.begin(job, on: process)
      pairs.append((process, job))
    }
    return pairs
  }

  /// How many of the waiting jobs may begin.
  private func admissible(_ state: borrowing State) -> Int {
    let outermost = state.waiting.count(where: \.isOutermost)
    let room = max(0, settings.processesPerPlugin - state.inner.outermostCount)
    return state.waiting.count - outermost + min(outermost, room)
  }
}

extension PluginPool.State {
  var noWaiters: [CheckedContinuation<Void, Never>] { [] }

  /// Processes that do not wait for a run inside theirs.
  var busyCount: Int { active.count - inner.askingCount }

  mutating func notePeak(_ peak: PeakMemory?) {
    guard let peak, peak.bytes > peakMemory?.bytes ?? 0 else { return }
    peakMemory = peak
  }
}
