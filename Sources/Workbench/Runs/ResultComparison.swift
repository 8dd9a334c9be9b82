import JSON

/// Looks for the first value in which two results differ.
enum ResultComparison {
  /// What is not a result but where it came from.
  ///
  /// A newer version of a plugin that computes the same is to be told so; the data set is the same
  /// content by its hash, under whatever name.
  private static let provenance: Set<String> = ["run", "plugin", "dataset"]

  /// The path of the first difference, such as `estimates[0].interval.lower`; nil where there is
  /// none, to the last bit of every number.
  static func firstDifference(_ left: JSONValue, _ right: JSONValue) -> String? {
    guard let left = left.object, let right = right.object else {
      return left.bytes == right.bytes ? nil : "the result"
    }
    return difference(
      JSONObject(left.members.filter { !provenance.contains($0.key) }.map { ($0.key, $0.value) }),
      JSONObject(right.members.filter { !provenance.contains($0.key) }.map { ($0.key, $0.value) }),
      at: "")
  }

  private static func difference(
    _ left: JSONObject, _ right: JSONObject, at path: String
  ) -> String? {
    let added = right.keys.filter { left[$0] == nil }
    for key in left.keys + added {
      let place = path.isEmpty ? key : "\(path).\(key)"
      guard let one = left[key], let other = right[key] else { return place }
      if let found = difference(one, other, at: place) { return found }
    }
    return nil
  }

  private static func difference(
    _ left: JSONValue, _ right: JSONValue, at path: String
  ) -> String? {
    switch (left, right) {
    case (.object(let left), .object(let right)):
      return difference(left, right, at: path)
    case (.array(let left), .array(let right)):
      for (index, pair) in zip(left, right).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(path)[\(index)]") { return found }
      }
      return left.count == right.count ? nil : "\(path)[\(min(left.count, right.count))]"
    default:
      // The shortest digits that read back as the same double: equal texts are equal bits.
      return left.bytes == right.bytes ? nil : path
    }
  }
}
