import JSON
import PluginHost
import PluginProtocol
import Testing

/// Runs inside runs, with real processes.
@Suite(.serialized) struct InnerRunTests {
  private func refusal(
    _ test: TestHost, _ path: String, given: JSONObject = CallingPlugins.half,
    _ more: JSONObject = [:],
    dataset: RunRequest.DatasetFile? = nil
  ) async -> String {
    do {
      _ = try await CallingPlugins.run(test, "call-a", path, given: given, dataset: dataset, more)
      return "no refusal"
    } catch let PluginFailure.refused(refusal) {
      return "\(refusal.kind): \(refusal.message)"
    } catch {
      return "\(error)"
    }
  }

  @Test("A run has another analysis run, and is given its result")
  func runsAnother() async throws {
    let test = try await CallingPlugins.host()
    let (document, answer) = try await CallingPlugins.run(test, "call-a", "count")
    #expect(document.estimates.map(\.value) == [0.5])
    #expect(document.estimates.first?.label == "Rate at level 0.95", "the default is filled in")
    #expect(
      document.tables.first?.rows
        == [
          [
            "count", "well-behaved", "1.0.0", nil, "7",
            "{\"responders\":{\"events\":15,\"total\":30},\"level\":0.95}",
          ]
        ].map { row in row.map { $0.map(JSONValue.string) ?? .null } })
    #expect(answer.calls.map(\.analysis) == ["count"])
    await test.host.shutdown()
  }

  @Test("Everything that went into a result is among its calls")
  func callsOfCalls() async throws {
    let test = try await CallingPlugins.host()
    let answer = try await CallingPlugins.run(test, "call-a", "call-c call-b count").answer
    #expect(
      answer.calls.sorted().map { "\($0.analysis) of \($0.plugin) \($0.version)" } == [
        "call-b of well-behaved 1.0.0", "call-c of other 1.0.0", "count of well-behaved 1.0.0",
      ])
    await test.host.shutdown()
  }

  @Test(
    "What is not given is refused, and the sentence says why",
    arguments: [
      (
        "reader",
        "call.undeclared: reader: call-a asks for reader, which \"calls\" in its manifest leaves out"
      ),
      ("gone", "call.unknown: gone: call-a needs the analysis gone, which no plugin offers"),
      (
        "call-b call-a",
        "call.cycle: call-b: call-a: call-a is running already: call-a → call-b → call-a"
      ),
      ("refuse", "data.impossible: refuse: no patient has a baseline"),
    ])
  func refusals(path: String, sentence: String) async throws {
    let test = try await CallingPlugins.host()
    #expect(await refusal(test, path, given: [:]) == sentence)
    #expect(test.status("well-behaved")?.restarts == 0)
    await test.host.shutdown()
  }

  @Test("Eight runs may be inside one another, and not nine")
  func depth() async throws {
    let test = try await CallingPlugins.host()
    let seven = (1...7).map { "call-\($0)" }
    let path = seven.dropFirst().joined(separator: " ") + " count"
    let document = try await CallingPlugins.run(test, seven[0], path).document
    #expect(document.estimates.map(\.value) == [0.5])
    #expect(document.tables.count == 7)
    let sentence = await refusal(test, seven.joined(separator: " ") + " count")
    let chain = (["call-a"] + seven + ["count"]).joined(separator: " → ")
    #expect(
      sentence
        == "call.depth: " + seven.map { "\($0): " }.joined()
        + "count: at most 8 runs may be inside one another: \(chain)")
    await test.host.shutdown()
  }

  @Test(
    "Parameters are held against the manifest",
    arguments: [
      (
        ["responders": "31/30"],
        "parameter.value: count: responders=31/30: expected responders/patients with "
          + "0 ≤ responders ≤ patients and patients at least 1"
      ),
      (
        ["responders": "15/30", "levle": 0.9],
        "parameter.unknown: count: count has no parameter \"levle\"; did you mean level?"
      ),
      (
        [:],
        "parameter.missing: count: count needs responders: responders/patients with "
          + "0 ≤ responders ≤ patients and patients at least 1"
      ),
    ] as [(JSONObject, String)])
  func parameters(given: JSONObject, sentence: String) async throws {
    let test = try await CallingPlugins.host()
    #expect(await refusal(test, "count", given: given) == sentence)
    await test.host.shutdown()
  }

  @Test("The data set and the seed are the outer run's, and no other data can be had")
  func data() async throws {
    let test = try await CallingPlugins.host()
    let file = RunRequest.DatasetFile(name: "p011", hash: "00ff", path: "/data/00ff.sqlite")
    func inner(_ path: String, _ more: JSONObject = [:]) async throws -> [JSONValue]? {
      try await CallingPlugins.run(test, "call-a", path, dataset: file, more).document.tables.last?
        .rows.first
    }
    #expect(try await inner("call-b count")?[3] == "p011")
    #expect(try await inner("count")?[3] == .null, "a count stands for the data")
    #expect(try await inner("count", ["data": "p011"])?[3] == "p011")
    #expect(try await inner("count", ["number": "8"])?[4] == "8")
    #expect(
      await refusal(test, "count", ["data": "p012"], dataset: file)
        == "call.dataset: count: dataset=p012: call-a may pass on only the data it was run on, p011"
    )
    #expect(
      await refusal(test, "count", ["number": "x"])
        == "parameter.value: count: seed=x: expected a whole number from 0 to \(UInt64.max)")
    await test.host.shutdown()
  }

  /// Every process of a plugin may be waiting for a run of the same plugin, or of one that waits
  /// for it.
  @Test(
    "Runs that wait for runs of their own plugin do not wait for ever",
    arguments: ["count", "call-b count", "call-c call-b count", "call-c call-1 call-2 count"])
  func neverDeadlocks(path: String) async throws {
    let test = try await CallingPlugins.host { $0.processesPerPlugin = 1 }
    try await withThrowingTaskGroup(of: (value: Double?, processes: Int).self) { group in
      for _ in 0..<8 {
        for (analysis, path) in [("call-a", path), ("call-c", "call-b count")] {
          group.addTask {
            let document = try await CallingPlugins.run(test, analysis, path).document
            // As each run ends, when those that waited for it are at work.
            let processes = test.host.status().map(\.processes.count).reduce(0, +)
            return (document.estimates.first?.value, processes)
          }
        }
      }
      for try await result in group {
        #expect(result.value == 0.5)
        #expect(result.processes <= 10, "of two chains of five, however many wait")
      }
    }
    #expect(test.host.status().map(\.waiting) == [0, 0])
    // What the calls needed beyond the limit has gone with them.
    await eventually("one process each") {
      test.host.status().allSatisfy { $0.processes.count <= 1 }
    }
    await test.host.shutdown()
    #expect(test.workFolders == [])
  }

  @Test("Calls of one run are carried out in turn; too many at once are refused")
  func manyCalls() async throws {
    let test = try await CallingPlugins.host()
    let document = try await CallingPlugins.run(test, "call-a", "count", ["times": 60]).document
    #expect(document.estimates.count == 60)
    #expect(
      await refusal(test, "count", ["times": 500])
        == "call.limit: count: at most 64 calls of a run may wait for their answers")
    await test.host.shutdown()
  }

  @Test("A run that is given up takes the runs inside it along")
  func cancels() async throws {
    let test = try await CallingPlugins.host { $0.cancelGrace = .seconds(10) }
    let outer = Task { try await CallingPlugins.run(test, "call-a", "call-b wait", given: [:]) }
    await eventually("three are at work") {
      test.status("well-behaved")?.state == .running(3) && test.status("well-behaved")?.waiting == 0
    }
    outer.cancel()
    let result = await outer.result
    #expect(throws: PluginFailure.cancelled) { try result.get() }
    await eventually("none is") {
      if case .running = test.status("well-behaved")?.state { false } else { true }
    }
    #expect(test.status("well-behaved")?.restarts == 0, "each stopped by itself")
    await test.host.shutdown()
  }

  @Test("The death of an inner run is told, and the outer goes on")
  func innerDeath() async throws {
    let test = try await CallingPlugins.host()
    try test.install("exits-mid-run", as: "gone")
    let manifest = "[[analysis]]\nname = \"gone\"\nsummary = \"Dies\"\n"
    try test.write(
      "id = \"gone\"\nversion = \"1.0.0\"\nprotocol = 1\nsummary = \"Dies\"\n"
        + "run = [\"MisbehavingPlugin\", \"exits-mid-run\", \"gone\"]\n" + manifest,
      to: "gone/plugin.toml")
    await test.host.reload()
    let sentence = await refusal(test, "gone", given: [:])
    #expect(sentence.hasPrefix("call.failed: gone: gone exited with code 7 during a run"))
    #expect(test.status("gone")?.restarts == 1 && test.status("well-behaved")?.restarts == 0)
    await test.host.shutdown()
  }
}
