/// Which processes of a pool wait for runs inside theirs, and which began with a client.
struct InnerRunCount {
  private var asking: [ObjectIdentifier: Set<Int>] = [:]
  private var outermost: Set<ObjectIdentifier> = []
  private var lastTicket = 0

  /// Processes that wait for a run inside theirs.
  var askingCount: Int { asking.count }
  /// Processes whose run is in no other, waiting or not.
  var outermostCount: Int { outermost.count }

  mutating func begin(_ job: PluginJob, on process: PluginProcess) {
    if job.isOutermost { outermost.insert(ObjectIdentifier(process)) }
  }

  /// The process is free, or gone.
  mutating func end(_ process: PluginProcess) {
    outermost.remove(ObjectIdentifier(process))
    asking[ObjectIdentifier(process)] = nil
  }

  /// Returns the ticket that ends the wait; one that has left the pool is not counted.
  mutating func wait(_ process: PluginProcess, isActive: Bool) -> Int {
    lastTicket += 1
    if isActive { asking[ObjectIdentifier(process), default: []].insert(lastTicket) }
    return lastTicket
  }

  mutating func goOn(_ process: PluginProcess, _ ticket: Int) {
    let key = ObjectIdentifier(process)
    asking[key]?.remove(ticket)
    if asking[key]?.isEmpty == true { asking[key] = nil }
  }
}
