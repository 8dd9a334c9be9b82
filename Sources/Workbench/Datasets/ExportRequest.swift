import ClientProtocol
import JSON
import TrialData

/// What an `export` line asks for, besides the data set.
struct ExportRequest: Sendable {
  /// Absolute.
  var path: String
  var pathRange: Range<Int>?
  var format: ExportFormat
  var layout: ExportLayout
  var overwrites: Bool

  /// Reads the line; a relative path is below the client's folder.
  ///
  /// A path that ends in .xpt is of that format where the line names none.
  init(_ arguments: BuiltInArguments, folder: String?) throws(CommandFailure) {
    guard let path = arguments["to"]?.string, !path.isEmpty else {
      throw CommandFailure(
        .missingParameter, "export needs to=", at: arguments.nameRange, parameter: "to",
        expected: BuiltIn.export.usage)
    }
    pathRange = arguments.ranges["to"]
    self.path = try ClientPath.absolute(path, folder, at: pathRange)
    let named = arguments["format"]?.string.flatMap(ExportFormat.init)
    let isNamed = arguments.ranges["format"] != nil
    format = !isNamed && path.lowercased().hasSuffix(".xpt") ? .xpt : named ?? .csv
    layout = arguments["as"]?.string.flatMap(ExportLayout.init) ?? .tables
    overwrites = arguments["force"]?.bool ?? false
  }
}
