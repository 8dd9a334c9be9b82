/// Finds a part of a parameter's value on the line it was typed on.
enum ValuePlace {
  /// The part of the line that stands for a place inside a value, or the whole value where quotes
  /// or escapes inside it leave that open.
  ///
  /// Places are counted in Unicode scalars.
  static func range(
    _ range: Range<Int>, of line: String, narrowedTo place: Range<Int>?
  ) -> Range<Int> {
    let scalars = Array(line.unicodeScalars)
    guard let place, range.upperBound <= scalars.count else { return range }
    var value = range
    let isQuoted =
      range.count >= 2 && scalars[range.lowerBound] == "\""
      && scalars[range.upperBound - 1] == "\""
    if isQuoted { value = range.lowerBound + 1..<range.upperBound - 1 }
    guard !scalars[value].contains(where: { $0 == "\"" || $0 == "\\" }),
      place.upperBound <= value.count
    else { return range }
    return value.lowerBound + place.lowerBound..<value.lowerBound + place.upperBound
  }
}
