@testable import Store

extension Caller {
  static let ada = Caller(uid: 1000, user: "ada")
  static let daemon = Caller(uid: 999, user: "doubletd")
}

extension Store {
  static func make(in folder: TemporaryFolder) throws -> Store {
    try Store(folder: folder.data, daemon: .daemon)
  }
}

extension RunRequest {
  static func make(
    caller: Caller = .ada, command: String = "response-rate 15/30 control=0.25",
    analysis: String = "response-rate", parameters: String = #"{"control":0.25,"count":"15/30"}"#,
    seed: String? = nil, pluginID: String = "response-rate", pluginVersion: String = "1.0.0",
    pluginHash: String = String(repeating: "a1", count: 32), datasetHash: String? = nil,
    secondDataset: SecondDataset? = nil
  ) -> RunRequest {
    RunRequest(
      caller: caller, command: command, analysis: analysis, parameters: parameters, seed: seed,
      pluginID: pluginID, pluginVersion: pluginVersion, pluginHash: pluginHash,
      datasetHash: datasetHash, secondDataset: secondDataset)
  }
}

extension DatasetRecord {
  static func make(
    name: String = "p011", hash: String = String(repeating: "d5", count: 32), subjects: Int = 30
  ) -> DatasetRecord {
    DatasetRecord(
      name: name, hash: hash, file: "\(hash).sqlite",
      importedAt: Timestamp(millisecondsSince1970: 1_795_339_800_125), importedBy: "ada",
      subjects: subjects, tables: #"{"subject":30}"#, sources: "[]", notes: "[]")
  }
}
