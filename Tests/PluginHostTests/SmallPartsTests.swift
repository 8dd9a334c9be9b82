import PluginProtocol
import Testing

@testable import PluginHost

/// The parts of the host that need no process.
struct SmallPartsTests {
  private static let second: Int64 = 1_000_000_000

  private func health(_ change: (inout PluginHostSettings) -> Void = { _ in }) -> PluginHealth {
    var settings = PluginHostSettings()
    change(&settings)
    return PluginHealth(settings: settings)
  }

  @Test("three deaths within a minute hold a plugin back, each time for longer")
  func holds() {
    var health = health()
    health.died(at: 0, reason: "a")
    health.died(at: 20 * Self.second, reason: "b")
    #expect(health.hold(at: 20 * Self.second) == nil)
    health.died(at: 40 * Self.second, reason: "c")
    #expect(health.hold(at: 40 * Self.second)?.remaining == .seconds(10))
    #expect(health.hold(at: 40 * Self.second)?.reason == "c")
    #expect(health.hold(at: 50 * Self.second) == nil, "one trial")
    health.died(at: 51 * Self.second, reason: "d")
    #expect(health.hold(at: 51 * Self.second)?.remaining == .seconds(20))
    health.died(at: 72 * Self.second, reason: "e")
    #expect(health.hold(at: 72 * Self.second)?.remaining == .seconds(40))
    #expect(health.restarts == 5)
  }

  @Test("deaths over more than a minute, or with an answer between, hold nothing back")
  func holdsNot() {
    var slow = health()
    for death in 0..<10 { slow.died(at: Int64(death) * 31 * Self.second, reason: "") }
    #expect(slow.hold(at: 280 * Self.second) == nil)
    var lucky = health()
    for death in 0..<10 {
      lucky.died(at: Int64(death), reason: "")
      if death % 2 == 1 { lucky.answered() }
    }
    #expect(lucky.hold(at: 10) == nil)
  }

  @Test("an answer and a pardon forget the past; no hold is longer than the longest")
  func forgets() {
    var health = health()
    for _ in 0..<50 { health.died(at: 0, reason: "") }
    #expect(health.hold(at: 0)?.remaining == .seconds(600))
    health.pardon()
    #expect(health.hold(at: 0) == nil)
    health.died(at: 1, reason: "")
    health.died(at: 2, reason: "")
    #expect(health.hold(at: 2) == nil, "counts from the start again")
  }

  @Test("a log keeps its last twenty lines, none longer than its limit")
  func logTail() {
    var log = LogTail()
    #expect(log.all == [])
    for part in ["a", "b\nc", "\n", "\nd"] { log.append(Array(part.utf8)) }
    #expect(log.all == ["ab", "c", "", "d"])
    log.append(line: "from the protocol")
    #expect(log.all == ["ab", "c", "", "from the protocol", "d"])
    for line in 0..<100 { log.append(Array("\(line)\n".utf8)) }
    #expect(log.all == (80..<100).map { "\($0)" })
    log.append(Array(repeating: UInt8(ascii: "x"), count: 1001))
    #expect(log.all.count == 20)
    #expect(log.all.last == String(repeating: "x", count: 1000) + "…")
    log.append([0xFF, UInt8(ascii: "\n")])
    log.append([0xFF, UInt8(ascii: "\n")])
    #expect(log.all.last == "\u{FFFD}", "what is not text is still shown")
  }

  @Test("a flood is read in portions")
  func logMeter() {
    var meter = LogMeter()
    meter.add(8 << 20, at: 0)
    #expect(meter.pause(at: 0) == nil)
    meter.add(1, at: 10_000_000)
    #expect(meter.pause(at: 10_000_000) == 100_000_000)
    #expect(meter.pause(at: 100_000_000) == nil)
    meter.add(1, at: 100_000_000)
    #expect(meter.pause(at: 100_000_000) == nil)
  }

  @Test("offers the name that was probably meant")
  func nearestName() {
    #expect(NearestName.distance("", "") == 0)
    #expect(NearestName.distance("", "abc") == 3)
    #expect(NearestName.distance("abc", "") == 3)
    #expect(NearestName.distance("kitten", "sitting") == 3)
    #expect(NearestName.distance("ab", "ba") == 1)
    let names = ["summary", "version", "protocol"]
    #expect(NearestName.of("sumary", among: names) == "summary")
    #expect(NearestName.of("Version", among: names) == "version")
    #expect(NearestName.of("engine", among: names) == nil)
    #expect(NearestName.of("x", among: [String]()) == nil)
  }

  @Test("every failure is one sentence")
  func sentences() {
    let death = PluginDeath(
      plugin: "p", moment: .running, exit: .code(1),
      peakMemory: PeakMemory(bytes: (12 << 20) - 1, isUpperBound: true), lastLines: [])
    let cases: [(PluginFailure, String)] = [
      (.refused(Refusal("a", "words")), "words"),
      (.cancelled, "the run was cancelled"),
      (.died(death), "p exited with code 1 during a run (peak memory at most 12 MiB)"),
      (.deadline(plugin: "p", limit: .seconds(600)), "p was stopped: a run may take 600 s"),
      (
        .protocolViolation(plugin: "p", .halfLine),
        "p was stopped: it closed its channel in the middle of a line"
      ),
      (
        .startTimedOut(plugin: "p", limit: .seconds(5)),
        "p was stopped: it did not greet the host within 5 s"
      ),
      (
        .heldBack(plugin: "p", remaining: .milliseconds(8100), reason: "p exited"),
        "p is held back for another 9 s after repeated failures; the last: p exited"
      ),
      (
        .heldBack(plugin: "p", remaining: .zero, reason: "p exited"),
        "p is held back for another 1 s after repeated failures; the last: p exited"
      ),
      (.unknownPlugin("p"), "no plugin is called \"p\""),
      (.spawnFailed(plugin: "p", reason: "why"), "p could not be started: why"),
      (.shuttingDown, "the plugin host is shutting down"),
    ]
    for (failure, sentence) in cases { #expect(failure.description == sentence) }
  }
}
