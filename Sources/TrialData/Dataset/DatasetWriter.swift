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
  ///
  /// Rows are checked while a draft of them is written, which is kept only if nothing is wrong.
  func write(into folder: String, after check: StageCheck) throws(ImportFailure) -> Written {
    if stage.problems.count > 0 {
      check.run(ranks: stage.names.ranks())
      try stage.problems.throwIfAny()
    }
    let draft = DraftFile(in: folder)
    DraftFile.removeAbandoned(in: folder)
    do {
      let hash = try fill(draft.path, check)
      if let hash { return try keep(draft, as: hash, in: folder) }
    } catch {
      draft.remove()
      try stage.problems.throwIfAny()
      throw .cannotWrite(folder: folder, reason: Self.reason(error))
    }
    draft.remove()
    throw .badInput(problems: stage.problems.problems, count: stage.problems.count)
  }

  private func keep(
    _ draft: DraftFile, as hash: String, in folder: String
  ) throws(DraftFile.Failure) -> Written {
    let path = "\(folder)/\(hash).sqlite"
    if FileManager.default.fileExists(atPath: path) {
      draft.remove()
      return Written(hash: hash, path: path, wasPresent: true)
    }
    try draft.publish(as: path)
    return Written(hash: hash, path: path, wasPresent: false)
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as DatabaseError: error.message ?? error.resultCode.description
    case let error as DraftFile.Failure: error.reason
    default: "\(error)"
    }
  }

  /// Fills the file on one thread; checks its content, and hashes it, on another.
  ///
  /// - Returns: The hash of the content, or nothing if something is wrong with it.
  private func fill(_ path: String, _ check: StageCheck) throws -> String? {
    let content = StagedContent(stage)
    let file = DatasetFile(path: path, content: content, about: about)
    // The writing thread has the content, which does not change; the stage is the checking one's.
    let checking = Handed(check)
    let hash = Mutex<String?>(nil)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: 2) { part in
      if part == 0 {
        do {
          try file.write()
        } catch {
          failure.withLock { $0 = error }
        }
      } else {
        checking.value.run(ranks: content.ranks)
        let made = checking.value.hasFoundNothing ? content.hash() : nil
        hash.withLock { $0 = made }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return hash.withLock { $0 }
  }
}
