/// Why something cannot be written to a SAS transport file of version 5.
package enum XPTRefusal: Error, Sendable, Hashable {
  case name(String)
  case repeatedName(String)
  case noVariables(member: String)
  case label(String)
  /// A variable whose length the version cannot hold.
  case length(variable: String, bytes: Int)
  case text(variable: String, observation: Int, bytes: Int, limit: Int)
  /// Spaces at the end are what pads a text.
  case trailingSpace(variable: String, observation: Int)
  case number(variable: String, observation: Int, Double)
  /// A value of another kind than the variable.
  case kind(variable: String, observation: Int)
  /// Observations of spaces that could be taken for the padding of the last record.
  case blankEnd(member: String)
}

extension XPTRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .name(let name):
      "\"\(name)\" cannot be a name in a SAS transport file: it has 1 to 8 letters, digits and "
        + "underscores, the first no digit"
    case .repeatedName(let name): "two variables cannot both be called \(name)"
    case .noVariables(let member): "\(member) has no variables"
    case .label(let label): "the label \"\(label)\" is longer than 40 bytes"
    case .length(let variable, let bytes): "\(variable) cannot be \(bytes) bytes long"
    case .text(let variable, let observation, let bytes, let limit):
      "\(variable) of observation \(observation) has \(bytes) bytes, and \(limit) is the most"
    case .trailingSpace(let variable, let observation):
      "\(variable) of observation \(observation) ends in a space, which would be lost"
    case .number(let variable, let observation, let number):
      "\(variable) of observation \(observation) is \(number), which has no IBM form: "
        + "0, or 5.4e-79 to 7.2e75 in size"
    case .kind(let variable, let observation):
      "\(variable) of observation \(observation) is not of the variable's kind"
    case .blankEnd(let member):
      "the last observation of \(member) is all spaces, which reads as padding"
    }
  }
}
