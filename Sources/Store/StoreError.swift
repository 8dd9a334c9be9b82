/// Why the store could not be opened, or did not do what it was asked.
package enum StoreError: Error, Sendable, Hashable {
  case unusableFolder(path: String, reason: String)
  case folderOpenToOthers(path: String)
  case networkFolder(path: String, type: String)
  case inUse(path: String)
  case newerSchema(path: String, schema: String)
  case foreignDatabase(path: String)
  case corrupt(path: String, finding: String)
  case notDurable(setting: String, found: String)

  case diskFull(Change)
  case inputOutput(Change, reason: String)
  case failed(Change, reason: String)
  case unreadable(reason: String)
  case closed(Change)

  case fileExists(path: String)
  case nulCharacter(field: String)
  case unknownRun(RunID)
  case runNotQueued(RunID, RunState)
  case runAlreadyClosed(RunID, RunState)
  case runNotDone(RunID, RunState)
  case datasetNameTaken(String)
  case planNameTaken(String)
  case unknownDataset(name: String)
  case unknownDatasetHash(String)
  case datasetInUse(name: String, runs: Int)
}

extension StoreError: CustomStringConvertible {
  package var description: String {
    openingFailure ?? writingFailure ?? refusal
  }

  private var openingFailure: String? {
    switch self {
    case .unusableFolder(let path, let reason):
      "the data folder \(path) cannot be used: \(reason)"
    case .folderOpenToOthers(let path):
      "everybody can write to the data folder \(path); choose one of your own"
    case .networkFolder(let path, let type):
      "the data folder \(path) is on a network file system (\(type)), where the database would "
        + "be damaged; choose a folder on a local disk"
    case .inUse(let path):
      "another doubletd is using the data folder \(path)"
    case .newerSchema(let path, let schema):
      "\(path) was written by a newer Doublet (its schema is \"\(schema)\"); "
        + "install that version or choose another data folder"
    case .foreignDatabase(let path):
      "\(path) is a database of another program"
    case .corrupt(let path, let finding):
      "\(path) is damaged (\(finding)); restore a backup, or move the file away to start anew"
    case .notDurable(let setting, let found):
      "the database would not be safe at a power loss: \(setting) reads back \(found)"
    default: nil
    }
  }

  private var writingFailure: String? {
    switch self {
    case .diskFull(let change):
      "the disk is full: \(change.undone)"
    case .inputOutput(let change, let reason):
      "the disk failed (\(reason)): \(change.undone)"
    case .failed(let change, let reason):
      "the database refused (\(reason)): \(change.undone)"
    case .unreadable(let reason):
      "the database could not be read: \(reason)"
    case .closed(let change):
      "the store is closed: \(change.undone)"
    default: nil
    }
  }

  private var refusal: String {
    switch self {
    case .fileExists(let path):
      "\(path) is already there"
    case .nulCharacter(let field):
      "the \(field) holds a NUL character, which cannot be kept"
    case .unknownRun(let id):
      "there is no run \(id)"
    case .runNotQueued(let id, let state):
      "run \(id) cannot be started: it is \(state.rawValue)"
    case .runAlreadyClosed(let id, let state):
      "run \(id) has already ended: it is \(state.rawValue)"
    case .runNotDone(let id, let state):
      "run \(id) has no answer to give again: it is \(state.rawValue)"
    case .datasetNameTaken(let name):
      "there is already a data set \(name)"
    case .planNameTaken(let name):
      "there is already a plan \(name), of another file"
    case .unknownDataset(let name):
      "there is no data set \(name)"
    case .unknownDatasetHash(let hash):
      "no data set has the content \(hash)"
    case .datasetInUse(let name, let runs):
      "data set \(name) cannot be dropped: \(runs) \(runs == 1 ? "run cites" : "runs cite") it"
    default: "the store failed"
    }
  }
}
