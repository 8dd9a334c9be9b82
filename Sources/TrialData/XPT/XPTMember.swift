/// One data set of a SAS transport file.
package struct XPTMember: Sendable, Hashable {
  package var name: String
  package var label: String
  /// In the order in which they were declared.
  package var variables: [XPTVariable]

  package init(_ name: String, label: String = "", variables: [XPTVariable]) {
    self.name = name
    self.label = label
    self.variables = variables
  }

  package var observationLengthBytes: Int { variables.reduce(0) { $0 + $1.lengthBytes } }
}
