import FoundationEssentials
import PluginProtocol
import TrialData

/// The data sets that a plugin's reference cases read.
///
/// Each folder below `selfcheck` beside a manifest is one, under the folder's name. It is imported as
/// `import` does, into a folder that goes when the check is done, and has no place in the catalog.
struct CheckDatasets: Sendable {
  private(set) var files: [String: RunRequest.DatasetFile] = [:]
  /// Folders that are no data set, each with why.
  private(set) var problems: [String] = []

  /// The imported files go into the folder `output`, which exists.
  init(beside folder: String, named plugin: String, into output: String) {
    let path = folder + "/selfcheck"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") {
      var isFolder = false
      guard FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder),
        isFolder
      else { continue }
      do throws(ImportFailure) {
        let report = try Importer.importFiles(["\(path)/\(name)"], into: output)
        files[name] = RunRequest.DatasetFile(name: name, hash: report.hash, path: report.path)
      } catch {
        problems.append("\(plugin)/selfcheck/\(name): \(error)")
      }
    }
  }
}
