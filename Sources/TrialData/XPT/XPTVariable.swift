/// One variable of a SAS transport file.
package struct XPTVariable: Sendable, Hashable {
  package enum Kind: Sendable, Hashable { case number, text }

  package var name: String
  package var label: String
  package var kind: Kind
  /// 2 to 8 for a number; a text is padded to it with spaces.
  package var lengthBytes: Int
  /// Where it begins in an observation.
  package var position: Int
  /// The SAS format it is shown by, without width: DATE, DATETIME, E8601DA; empty for none.
  package var format: String
  package var formatWidth: Int
  package var formatDecimals: Int

  package init(
    _ name: String, label: String = "", _ kind: Kind, lengthBytes: Int = 8, position: Int = 0,
    format: String = "", formatWidth: Int = 0, formatDecimals: Int = 0
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.lengthBytes = lengthBytes
    self.position = position
    self.format = format
    self.formatWidth = formatWidth
    self.formatDecimals = formatDecimals
  }
}
