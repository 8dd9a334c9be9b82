internal import Foundation
internal import TOMLKit
internal import TrialData

extension ImportedDataset {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The trial that comes with the project.
  ///
  /// - Throws: `ImportFailure`.
  public static func simulated() throws -> ImportedDataset {
    try ImportedDataset([repository + "/config/examples/simulated-30"])
  }

  /// The analysis data sets of the CDISC pilot; nil, after saying so, where they are not beside the
  /// repository.
  ///
  /// - Throws: `ImportFailure`.
  public static func pilot() throws -> ImportedDataset? {
    let names = ["adrs_onco_subset", "adtr_onco_SDIAM", "adtte_onco"]
    guard let paths = shared(names.map { "cdisc/adam_\($0).csv" }, of: "the CDISC pilot") else {
      return nil
    }
    return try ImportedDataset(paths)
  }

  /// INSPIRE, by the shipped mapping; nil, after saying so, where it is not beside the repository.
  ///
  /// - Throws: `ImportFailure`, and what is wrong with the mapping.
  public static func inspire() throws -> ImportedDataset? {
    let names = ["inspire_subjects.csv", "inspire_tumor_change.csv"]
    guard let paths = shared(names.map { "inspire/\($0)" }, of: "INSPIRE") else { return nil }
    let text = try String(
      contentsOfFile: repository + "/config/examples/inspire.map.toml", encoding: .utf8)
    var mapping = try TOMLDecoder().decode(ColumnMapping.self, from: text)
    mapping.name = "inspire.map.toml"
    return try ImportedDataset(paths, mapping: mapping)
  }

  private static func shared(_ names: [String], of trial: String) -> [String]? {
    let paths = names.map { repository + "/../shared/data/" + $0 }
    guard paths.allSatisfy(FileManager.default.fileExists) else {
      print("skipped: \(trial) not at hand")
      return nil
    }
    return paths
  }
}
