/// One thing wrong with a settings file.
struct SettingsProblem: Error, Hashable {
  enum Reason: Hashable {
    case unreadable(String)
    case syntax(String)
    case unknownKey(String, nearest: String?)
    case wrongValue(key: String, expected: String, found: String)
    case contradiction(String)
  }

  let file: String
  /// Counted from 1; nil where no line is to blame.
  let line: Int?
  let reason: Reason
}

extension SettingsProblem: CustomStringConvertible {
  var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return switch reason {
    case .unreadable(let why): "\(place): cannot be read: \(why)"
    case .syntax(let why): "\(place): \(why)"
    case .unknownKey(let key, let nearest):
      "\(place): there is no setting \(key)"
        + (nearest.map { "; did you mean \($0)?" } ?? "")
    case .wrongValue(let key, let expected, let found):
      "\(place): \(key) must be \(expected), not \(found)"
    case .contradiction(let sentence): "\(place): \(sentence)"
    }
  }
}
