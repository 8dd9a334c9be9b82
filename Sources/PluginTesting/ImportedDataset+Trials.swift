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

  /// INSPIRE, by the shipped mapping; nil, after saying so, where it is not beside the repository.
  ///
  /// - Throws: `ImportFailure`, and what is wrong with the mapping.
  public static func inspire() throws -> ImportedDataset? {
    let paths = ["inspire_subjects.csv", "inspire_tumor_change.csv"].map {
      repository + "/../shared/data/inspire/" + $0
    }
    guard paths.allSatisfy(FileManager.default.fileExists) else {
      print("skipped: INSPIRE not at hand")
      return nil
    }
    let text = try String(
      contentsOfFile: repository + "/config/examples/inspire.map.toml", encoding: .utf8)
    var mapping = try TOMLDecoder().decode(ColumnMapping.self, from: text)
    mapping.name = "inspire.map.toml"
    return try ImportedDataset(paths, mapping: mapping)
  }
}
