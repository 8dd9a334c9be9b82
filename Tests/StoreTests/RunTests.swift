import GRDB
import Testing

@testable import Store

struct RunTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
  }

  @Test func keepsARunFromItsOpeningToItsEnd() async throws {
    let request = RunRequest.make(seed: "18446744073709551615")
    let id = try await store.open(request)
    #expect(id.description == "1")
    let open = try #require(try store.run(id))
    #expect(open.request == request)
    #expect(open.state == .running)
    #expect(open.startedAt == open.createdAt)
    #expect(open.endedAt == nil && open.seconds == nil && open.result == nil && open.error == nil)

    try await store.close(id, .done(result: #"{"estimates":[]}"#), seconds: 0.125, by: .ada)
    let closed = try #require(try store.run(id))
    #expect(closed.request == request)
    #expect(closed.state == .done)
    #expect(closed.result == #"{"estimates":[]}"#)
    #expect(closed.seconds == 0.125)
    #expect(try #require(closed.endedAt) >= open.createdAt)
    #expect(try store.run(RunID(number: 2)) == nil)
  }

  /// The second data set is a part of the request like the first: kept, hashed, and not dropped.
  @Test func keepsTheDatasetAParameterNames() async throws {
    let dataset = DatasetRecord.make(name: "p007")
    let second = SecondDataset(parameter: "reference", name: "p007", hash: dataset.hash)
    let request = RunRequest.make(secondDataset: second)
    await #expect(throws: StoreError.unknownDatasetHash(dataset.hash)) {
      try await store.open(request)
    }
    try await store.add(dataset, by: .ada)
    let id = try await store.open(request)
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    #expect(try store.run(id)?.request == request)
    #expect(try store.runs(limit: 1).first?.request == request)
    #expect(try store.storedAnswer(request.key)?.id == id)
    var other = request
    other.secondDataset?.hash = String(repeating: "e6", count: 32)
    for key in [other.key, RunRequest.make().key] {
      #expect(key != request.key)
      #expect(try store.storedAnswer(key) == nil)
    }
    await #expect(throws: StoreError.datasetInUse(name: "p007", runs: 1)) {
      try await store.drop(dataset: "p007", by: .ada)
    }
    // A run that reads one content twice cites it once.
    _ = try await store.open(.make(datasetHash: dataset.hash, secondDataset: second))
    await #expect(throws: StoreError.datasetInUse(name: "p007", runs: 2)) {
      try await store.drop(dataset: "p007", by: .ada)
    }
    #expect(try await store.verifyAudit().isIntact)
    try await store.pool.write { database in
      try database.execute(
        sql: """
          DROP TRIGGER run_second_dataset_never_changes;
          UPDATE run_second_dataset SET name = 'other' WHERE run = 1
          """)
    }
    #expect(try await !store.verifyAudit().isIntact)
  }

  @Test(arguments: [
    RunOutcome.failed(error: "f"), .refused(error: "r"), .cancelled(error: nil),
    .cancelled(error: "c"), .interrupted(error: "i"),
  ])
  func keepsEveryOtherOutcome(outcome: RunOutcome) async throws {
    let id = try await store.open(.make())
    try await store.close(id, outcome, seconds: nil, by: .ada)
    let run = try #require(try store.run(id))
    #expect(run.state == outcome.state)
    #expect(run.error == outcome.error)
    #expect(run.result == nil && run.seconds == nil)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test func endsARunOnce() async throws {
    let id = try await store.open(.make())
    try await store.close(id, .done(result: "1"), seconds: 1, by: .ada)
    let error = await #expect(throws: StoreError.self) {
      try await store.close(id, .failed(error: "late"), seconds: 2, by: .ada)
    }
    #expect(error == .runAlreadyClosed(id, .done))
    #expect(error?.description == "run 1 has already ended: it is done")
    #expect(try store.run(id)?.result == "1")
    #expect(try store.auditHead().sequence == 2, "the second close left no row")
  }

  @Test func knowsNoRunThatWasNotOpened() async throws {
    let id = RunID(number: 7)
    for change in [
      { try await store.close(id, .done(result: "1"), seconds: 1, by: .ada) },
      { try await store.start(id, by: .ada) },
      { try await store.answerAgain(id, by: .ada) },
    ] {
      let error = await #expect(throws: StoreError.self) { try await change() }
      #expect(error?.description == "there is no run 7")
    }
  }

  @Test func startsAQueuedRunOnce() async throws {
    let id = try await store.open(.make(), isQueued: true)
    #expect(try store.run(id)?.state == .queued)
    #expect(try store.run(id)?.startedAt == nil)
    try await store.start(id, by: .ada)
    #expect(try store.run(id)?.state == .running)
    #expect(try store.run(id)?.startedAt != nil)
    let error = await #expect(throws: StoreError.self) { try await store.start(id, by: .ada) }
    #expect(error?.description == "run 1 cannot be started: it is running")
  }

  @Test func cancelsAQueuedRun() async throws {
    let id = try await store.open(.make(), isQueued: true)
    try await store.close(id, .cancelled(error: nil), seconds: nil, by: .ada)
    #expect(try store.run(id)?.state == .cancelled)
    #expect(try store.run(id)?.startedAt == nil)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test func answersFromTheLatestFinishedRunOfTheSameRequest() async throws {
    let request = RunRequest.make()
    let first = try await store.open(request)
    #expect(try store.storedAnswer(request.key) == nil)
    try await store.close(first, .done(result: "1"), seconds: 1, by: .ada)
    let second = try await store.open(request)
    try await store.close(second, .done(result: "2"), seconds: 1, by: .ada)
    let third = try await store.open(request)
    try await store.close(third, .failed(error: "x"), seconds: 1, by: .ada)
    let other = try await store.open(.make(parameters: "{}"))
    try await store.close(other, .done(result: "3"), seconds: 1, by: .ada)

    #expect(try store.storedAnswer(request.key)?.id == second)
    #expect(try store.storedAnswer(request.key)?.result == "2")
    try await store.answerAgain(second, by: .ada)
    #expect(try store.auditRows(limit: 1).first?.action == "run.answer")
    #expect(try store.auditRows(limit: 1).first?.subject == "2")
    let error = await #expect(throws: StoreError.self) {
      try await store.answerAgain(third, by: .ada)
    }
    #expect(error?.description == "run 3 has no answer to give again: it is failed")
  }

  @Test func listsRunsFromTheLatestBackwardsInPages() async throws {
    for number in 1...7 {
      let id = try await store.open(.make(command: "run \(number)"), isQueued: number == 7)
      if number % 2 == 0 { try await store.close(id, .done(result: "r"), seconds: 1, by: .ada) }
    }
    #expect(try store.runs(limit: 3).map(\.id.number) == [7, 6, 5])
    #expect(try store.runs(limit: 3, before: RunID(number: 5)).map(\.id.number) == [4, 3, 2])
    #expect(try store.runs(limit: 9, state: .done).map(\.id.number) == [6, 4, 2])
    let page = try store.runs(limit: 9, before: RunID(number: 6), state: .done)
    #expect(page.map(\.id.number) == [4, 2])
    #expect(page.allSatisfy { $0.result == nil && $0.state == .done })
    #expect(page.first?.request.command == "run 4")
    #expect(try store.runs(limit: 0).isEmpty && store.runs(limit: -1).isEmpty)
    #expect(try store.runCounts() == [.queued: 1, .running: 3, .done: 3])
  }

  @Test func givesEveryDifferentRequestAnotherKey() {
    let requests: [RunRequest] = [
      .make(), .make(analysis: "x"), .make(parameters: "{}"), .make(seed: "1"), .make(seed: ""),
      .make(pluginHash: "b"), .make(datasetHash: "d"), .make(datasetHash: ""),
      .make(analysis: "ab", parameters: "c"), .make(analysis: "a", parameters: "bc"),
    ]
    #expect(Set(requests.map(\.key)).count == requests.count)
    #expect(requests.allSatisfy { $0.key.count == 64 })
    let retold = RunRequest.make(caller: .daemon, command: "again", pluginVersion: "1.0.1")
    #expect(retold.key == RunRequest.make().key, "who asked, and how, does not matter")
  }

  @Test(
    arguments: [
      (Double.nan, nil), (.infinity, nil), (-1, 0), (-0.0, 0), (0.1, 0.1), (600, 600),
    ] as [(Double, Double?)])
  func keepsOnlyPossibleDurations(seconds: Double, kept: Double?) async throws {
    let id = try await store.open(.make())
    try await store.close(id, .done(result: "1"), seconds: seconds, by: .ada)
    #expect(try store.run(id)?.seconds == kept)
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test func refusesTextThatWouldBeCutOff() async throws {
    let error = await #expect(throws: StoreError.self) {
      try await store.open(.make(command: "response-rate \0 15/30"))
    }
    #expect(error?.description == "the command holds a NUL character, which cannot be kept")
    let id = try await store.open(.make())
    await #expect(throws: StoreError.nulCharacter(field: "result")) {
      try await store.close(id, .done(result: "\0"), seconds: 1, by: .ada)
    }
  }

  @Test func keepsLargeAndForeignText() async throws {
    let text = String(repeating: "tumeur régressée — 腫瘍 🧪 ", count: 100_000)
    let id = try await store.open(.make(command: "説明 'p\"; DROP TABLE run; --"))
    try await store.close(id, .done(result: text), seconds: 1, by: .ada)
    #expect(try store.run(id)?.result == text)
    #expect(try store.run(id)?.request.command == "説明 'p\"; DROP TABLE run; --")
    #expect(try await store.verifyAudit().isIntact)
  }

  @Test(arguments: ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808", "x"])
  func refusesRunNumbers(text: String) {
    #expect(RunID(text) == nil)
  }

  @Test func refusesARunOnADatasetThatIsGone() async throws {
    let error = await #expect(throws: StoreError.self) {
      try await store.open(.make(datasetHash: "d5"))
    }
    #expect(error?.description == "no data set has the content d5")
    #expect(try store.runs(limit: 9).isEmpty && store.auditHead().sequence == 0)
  }
}
