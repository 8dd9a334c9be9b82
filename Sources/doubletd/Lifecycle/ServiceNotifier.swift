import Glibc

/// Tells systemd what the daemon is about, when it was started by it (sd_notify(3)).
struct ServiceNotifier: Sendable {
  private let descriptor: CInt
  private let address: SocketAddress
  /// How often systemd wants to hear of us, in seconds; nil when it does not watch.
  let watchdogSeconds: Double?

  /// Reads and removes the variables, which are not for the daemon's children.
  static func fromEnvironment() -> ServiceNotifier? {
    defer {
      for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] { unsafe unsetenv(name) }
    }
    guard let path = environment("NOTIFY_SOCKET") else { return nil }
    let watched = environment("WATCHDOG_PID").map { Int32($0) == getpid() } ?? true
    let microseconds = watched ? environment("WATCHDOG_USEC").flatMap(Double.init) : nil
    return ServiceNotifier(path: path, watchdogSeconds: microseconds.map { $0 / 1e6 })
  }

  init?(path: String, watchdogSeconds: Double?) {
    let bytes = Array(path.utf8)
    let address =
      bytes.first == UInt8(ascii: "@")
      ? SocketAddress(abstract: Array(bytes.dropFirst())) : try? SocketAddress(path: path)
    guard let address else { return nil }
    descriptor = SocketAddress.socket(SOCK_DGRAM, also: SOCK_NONBLOCK)
    guard descriptor >= 0, address.connect(descriptor) else { return nil }
    self.address = address
    self.watchdogSeconds = watchdogSeconds
  }

  func ready() { send("READY=1\nMAINPID=\(getpid())") }
  func stopping() { send("STOPPING=1") }
  func alive() { send("WATCHDOG=1") }

  /// The clock is what Type=notify-reload tells one reload from another by.
  func reloading() {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
  }

  private func send(_ text: String) {
    // A supervisor that does not listen is no reason to stop serving.
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes {
      unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
    }
  }
}

/// An environment variable of this process.
func environment(_ name: String) -> String? {
  unsafe getenv(name).map { unsafe String(cString: $0) }
}
