import ClientProtocol
import JSON
import TrialData

/// What an `import` line asks for.
struct ImportRequest: Sendable {
  /// Absolute.
  var paths: [String]
  var name: String
  var nameRange: Range<Int>
  var pathRange: Range<Int>
  /// Absolute.
  var mapping: String?
  var mappingRange: Range<Int>?
  var options: ImportOptions

  /// Reads the line; relative paths are below the client's folder.
  ///
  /// - Throws: The first thing that is missing or out of place.
  init(_ arguments: BuiltInArguments, folder: String?) throws(CommandFailure) {
    let words = arguments.words
    guard let position = words.lastIndex(where: { $0.text == "as" }) else {
      throw .usage(
        "import needs a name for the data set", at: arguments.nameRange,
        expected: BuiltIn.import.usage)
    }
    guard position > 0, let first = words.first else {
      throw .usage(
        "import needs a file or a folder", at: words[position].range,
        expected: BuiltIn.import.usage)
    }
    guard position == words.count - 2, let name = words.last else {
      let extra = position + 2 < words.count ? words[position + 2] : words[position]
      throw .usage(
        position + 2 < words.count
          ? "import takes one name after \"as\"" : "import needs a name after \"as\"",
        at: extra.range, expected: BuiltIn.import.usage)
    }
    try DatasetName.check(name)
    self.name = name.text
    nameRange = name.range
    pathRange = first.range.lowerBound..<words[position - 1].range.upperBound
    var paths: [String] = []
    for word in words[..<position] {
      paths.append(try ClientPath.absolute(word.text, folder, at: word.range))
    }
    self.paths = paths
    mappingRange = arguments.ranges["map"]
    if let map = arguments["map"]?.string {
      mapping = try ClientPath.absolute(map, folder, at: arguments.ranges["map"])
    }
    options = ImportOptions(
      origin: arguments["origin"]?.string,
      impute: arguments["impute"]?.string.flatMap(ImputationRule.init))
  }
}
