import ClientProtocol
import Glibc
import PluginProtocol
import Store

/// The catalog of data sets with the files it speaks of.
final class DatasetShelf: Sendable {
  /// Where the files are.
  let folder: String
  let store: Store
  /// One change at a time: dropping a name must not remove the file a new one is about to cite.
  let changes = RunSlots(1)

  init(folder: String, store: Store) {
    self.folder = folder
    self.store = store
  }

  func path(of dataset: DatasetRecord) -> String { folder + "/" + dataset.file }

  func all() throws(CommandFailure) -> [DatasetRecord] {
    do {
      return try store.datasets()
    } catch {
      throw CommandFailure(error)
    }
  }

  func names() throws(CommandFailure) -> [String] { try all().map(\.name) }

  func find(_ name: String) throws(CommandFailure) -> DatasetRecord? {
    do {
      return try store.dataset(named: name)
    } catch {
      throw CommandFailure(error)
    }
  }

  func named(_ name: CommandLine.Token) throws(CommandFailure) -> DatasetRecord {
    if let dataset = try find(name.text) { return dataset }
    throw .unknownDataset(name.text, at: name.range, nearest: try names().nearest(to: name.text))
  }

  /// Takes a name out of the catalog, and the file with the last name of its content.
  func drop(_ name: CommandLine.Token, by caller: Caller) async throws(CommandFailure) {
    let outcome = await changes.with { () async -> CommandFailure? in
      do throws(StoreError) {
        let dropped = try await store.drop(dataset: name.text, by: caller)
        if dropped.isLastName { unsafe unlink(path(of: dropped.record)) }
        return nil
      } catch {
        var failure = CommandFailure(error)
        failure.range = name.range
        return failure
      }
    }
    switch outcome {
    case .some(.some(let failure)): throw failure
    case .some(.none): return
    case .none: throw CommandFailure(.cancelled, "the command was cancelled")
    }
  }
}
