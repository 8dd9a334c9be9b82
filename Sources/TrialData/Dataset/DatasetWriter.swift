internal import Dispatch
internal import FoundationEssentials
internal import GRDB
internal import Glibc
internal import Synchronization

/// Writes what was staged as one immutable SQLite file.
struct DatasetWriter {
  struct Written {
    let hash: String
    let path: String
    let wasPresent: Bool
  }

  private let stage: Stage
  private let about: [(key: String, value: String)]

  init(_ stage: Stage, about: [(key: String, value: String)]) {
    self.stage = stage
    self.about = about
  }

  /// Writes beside, syncs, and renames, so that the name never stands for half a file.
  func write(into folder: String) throws(ImportFailure) -> Written {
    let draft = DraftFile(in: folder)
    DraftFile.removeAbandoned(in: folder)
    do {
      let hash = try fill(draft.path)
      let path = "\(folder)/\(hash).sqlite"
      if FileManager.default.fileExists(atPath: path) {
        draft.remove()
        return Written(hash: hash, path: path, wasPresent: true)
      }
      try draft.publish(as: path)
      return Written(hash: hash, path: path, wasPresent: false)
    } catch {
      draft.remove()
      throw .cannotWrite(folder: folder, reason: Self.reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as DatabaseError: error.message ?? error.resultCode.description
    case let error as DraftFile.Failure: error.reason
    default: "\(error)"
    }
  }

  /// Fills the file on one thread and hashes its content on another.
  ///
  /// - Returns: The hash of the content.
  private func fill(_ path: String) throws -> String {
    let content = StagedContent(stage)
    let file = DatasetFile(path: path, content: content, about: about)
    let hash = Mutex("")
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        do {
          try file.write()
        } catch {
          failure.withLock { $0 = error }
        }
      } else {
        let made = content.hash()
        hash.withLock { $0 = made }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return hash.withLock { $0 }
  }
}
