import Testing

@testable import Store

struct RunTests {
  @Test func keepsARunFromItsOpeningToItsEnd() async throws {
    let folder = try TemporaryFolder()
    let store = try Store.make(in: folder)
    let request = RunRequest.make(seed: "18446744073709551615")
    let id = try await store.open(request)
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
}
