internal import Foundation
public import PluginProtocol
public import TrialData

/// A data set imported for a test, in a folder of its own that goes when the value does.
public final class ImportedDataset: Sendable {
  /// What a run is given of it; its name is `test`.
  public let file: RunRequest.DatasetFile
  private let folder: URL

  /// Imports files or folders as `import` does.
  ///
  /// - Throws: `ImportFailure`, and what the file system refuses.
  public init(
    _ paths: [String], mapping: ColumnMapping? = nil, options: ImportOptions = ImportOptions()
  ) throws {
    let folder = try Self.makeFolder()
    let report = try Importer.importFiles(
      paths, mapping: mapping, options: options, into: folder.path)
    file = RunRequest.DatasetFile(name: "test", hash: report.hash, path: report.path)
    self.folder = folder
  }

  /// Imports tables given as CSV text by file name, such as `subject.csv`.
  ///
  /// - Throws: `ImportFailure`, and what the file system refuses.
  public convenience init(tables: [String: String], options: ImportOptions = ImportOptions()) throws
  {
    let source = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(at: source) }
    for (name, text) in tables {
      try text.write(to: source.appending(path: name), atomically: false, encoding: .utf8)
    }
    try self.init([source.path], options: options)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private static func makeFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
