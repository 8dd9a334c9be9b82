import Foundation
import Testing

@testable import TrialData

/// An import of files given as text.
struct Importing {
  let folder: TemporaryFolder
  let output: TemporaryFolder
  private var paths: [String] = []

  init(_ files: KeyValuePairs<String, String>) throws {
    folder = try TemporaryFolder()
    output = try TemporaryFolder()
    for (name, text) in files { paths.append(try folder.write(name, text)) }
  }

  /// An import of files given as bytes.
  init(bytes files: KeyValuePairs<String, [UInt8]>) throws {
    folder = try TemporaryFolder()
    output = try TemporaryFolder()
    for (name, bytes) in files { paths.append(try folder.write(name, bytes)) }
  }

  func report(
    mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions()
  ) throws -> ImportReport {
    try Importer.importFiles(paths, mapping: mapping, options: options, into: output.path)
  }

  func dataset(
    mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions()
  ) throws -> TrialDataset {
    try TrialDataset(path: report(mapping: mapping, options: options).path)
  }

  /// The sentences of a refused import, after checking that it left nothing behind.
  func problems(
    mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions()
  ) throws -> [String] {
    do {
      _ = try report(mapping: mapping, options: options)
    } catch let failure as ImportFailure {
      #expect(try output.names.isEmpty)
      guard case .badInput(let problems, let count) = failure else { throw failure }
      #expect(count == problems.count)
      return problems.map(\.description)
    }
    Issue.record("the import was not refused")
    return []
  }
}

/// Real data sets that are not in the repository, beside the package.
enum SharedData {
  static func path(_ name: String) throws -> String {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = package.appending(path: "../shared/data/\(name)").standardized.path
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped: no \(name) beside the package")
      try Test.cancel("no \(name) beside the package")
    }
    return path
  }

  /// A file of the repository.
  static func repository(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: name).path
  }
}
