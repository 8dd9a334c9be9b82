import Testing

@testable import Store

struct DatasetTests {
  private let folder: TemporaryFolder
  private let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.make(in: folder)
  }

  @Test func keepsTheCatalogInOrder() async throws {
    let second = DatasetRecord.make(name: "p011")
    let first = DatasetRecord.make(name: "inspire", hash: "e6")
    try await store.add(second, by: .ada)
    try await store.add(first, by: .ada)
    #expect(try store.datasets() == [first, second])
    #expect(try store.dataset(named: "p011") == second)
    #expect(try store.dataset(named: "P011") == nil)
    #expect(try store.dataset(hash: "e6") == first)
    #expect(try store.auditRows(limit: 9).map(\.action) == ["dataset.add", "dataset.add"])
  }

  @Test func refusesANameThatIsTaken() async throws {
    try await store.add(.make(), by: .ada)
    let error = await #expect(throws: StoreError.self) {
      try await store.add(.make(hash: "e6"), by: .ada)
    }
    #expect(error?.description == "there is already a data set p011")
    #expect(try store.datasets() == [.make()])
    #expect(try store.auditHead().sequence == 1)
  }

  @Test func dropsAName() async throws {
    try await store.add(.make(), by: .ada)
    let dropped = try await store.drop(dataset: "p011", by: .ada)
    #expect(dropped == DroppedDataset(record: .make(), isLastName: true))
    #expect(try store.datasets().isEmpty)
    let error = await #expect(throws: StoreError.self) {
      try await store.drop(dataset: "p011", by: .ada)
    }
    #expect(error?.description == "there is no data set p011")
    try await store.add(.make(subjects: 31), by: .ada)
    #expect(try await store.verifyAudit().isIntact, "the name stands for something else now")
  }

  @Test func keepsADatasetThatARunCites() async throws {
    let dataset = DatasetRecord.make()
    try await store.add(dataset, by: .ada)
    for _ in 1...2 { _ = try await store.open(.make(datasetHash: dataset.hash)) }
    let error = await #expect(throws: StoreError.self) {
      try await store.drop(dataset: "p011", by: .ada)
    }
    #expect(error?.description == "data set p011 cannot be dropped: 2 runs cite it")
    #expect(
      StoreError.datasetInUse(name: "x", runs: 1).description
        == "data set x cannot be dropped: 1 run cites it")

    try await store.add(.make(name: "again"), by: .ada)
    let dropped = try await store.drop(dataset: "p011", by: .ada)
    #expect(!dropped.isLastName)
    await #expect(throws: StoreError.datasetInUse(name: "again", runs: 2)) {
      try await store.drop(dataset: "again", by: .ada)
    }
    #expect(try store.dataset(hash: dataset.hash)?.name == "again")
    #expect(try await store.verifyAudit().isIntact)
  }
}
