/// Writes SAS transport files of version 5, one observation after another.
///
/// What the version cannot carry is refused, never cut: names over 8 bytes, labels over 40, texts
/// over 200 or ending in spaces, numbers outside the range of ``IBMFloat``. Texts are written in
/// UTF-8. The same content gives the same bytes: no clock is read.
package struct XPTWriter: Sendable {
  /// What has been written and not been taken yet.
  package private(set) var bytes: [UInt8] = []

  private let created: [UInt8]
  private var member = XPTMember("", variables: [])
  private var observation = 0
  private var memberBytes = 0
  private var endsInBlank = false
  private var hasLibrary = false

  /// - Parameter created: The date and time the file names, such as 28FEB14:10:30:00.
  package init(created: String = "01JAN60:00:00:00") {
    self.created = Self.padded(created, 16)
  }

  /// Hands over what has been written, so that a long file is never held whole.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// Begins a data set; variables are laid out in their order.
  package mutating func begin(_ member: XPTMember) throws(XPTRefusal) {
    try Self.check(member)
    if hasLibrary { try pad() } else { writeLibrary() }
    self.member = member
    observation = 0
    memberBytes = 0
    endsInBlank = false
    writeHeader(.member, XPTReader.memberDigits(140))
    writeHeader(.descriptor, Self.zeros(30))
    write("SAS", 8)
    write(member.name, 8)
    write("SASDATA", 8)
    writeSystem()
    bytes.append(contentsOf: created)
    write("", 16)
    write(member.label, 40)
    write("", 8)
    writeVariables()
    writeHeader(.observations, Self.zeros(30))
  }

  /// Writes an observation: a value for each variable, in order.
  package mutating func add(_ values: [XPTValue]) throws(XPTRefusal) {
    precondition(values.count == member.variables.count, "a value for each variable")
    observation += 1
    let start = bytes.count
    for (variable, value) in zip(member.variables, values) { try write(value, variable) }
    memberBytes += bytes.count - start
    endsInBlank = bytes[start...].allSatisfy(XPTReader.isSpace)
  }

  /// Ends the file.
  package mutating func finish() throws(XPTRefusal) { try pad() }

  private mutating func write(_ value: XPTValue, _ variable: XPTVariable) throws(XPTRefusal) {
    switch (value, variable.kind) {
    case (.number(let number), .number):
      guard let bits = IBMFloat.encode(number) else {
        throw .number(variable: variable.name, observation: observation, number)
      }
      write(bits)
    case (.missing(let code), .number): write(UInt64(code) << 56)
    case (.text(let text), .text):
      guard text.count <= variable.lengthBytes else {
        throw .text(
          variable: variable.name, observation: observation, bytes: text.count,
          limit: variable.lengthBytes)
      }
      if text.last.map(XPTReader.isSpace) == true {
        throw .trailingSpace(variable: variable.name, observation: observation)
      }
      bytes.append(contentsOf: text)
      writeSpaces(variable.lengthBytes - text.count)
    default: throw .kind(variable: variable.name, observation: observation)
    }
  }

  /// Fills the last record of a data set.
  private mutating func pad() throws(XPTRefusal) {
    let padding =
      (XPTReader.recordBytes - memberBytes % XPTReader.recordBytes) % XPTReader.recordBytes
    if endsInBlank, padding + member.observationLengthBytes < XPTReader.recordBytes {
      throw .blankEnd(member: member.name)
    }
    writeSpaces(padding)
    memberBytes = 0
    endsInBlank = false
  }

  private mutating func writeLibrary() {
    hasLibrary = true
    writeHeader(.library, Self.zeros(30))
    for name in ["SAS", "SAS", "SASLIB"] { write(name, 8) }
    writeSystem()
    bytes.append(contentsOf: created)
    write("", 64)
  }

  /// The release and the system of the writer, blanks, and the date.
  private mutating func writeSystem() {
    write("9.4", 8)
    write("DOUBLET", 8)
    write("", 24)
    bytes.append(contentsOf: created)
  }

  private mutating func writeHeader(_ header: XPTVersion.Header, _ digits: String) {
    bytes.append(contentsOf: XPTVersion.five.opening(header))
    write(digits, 32)
  }

  private mutating func writeVariables() {
    let count = String(member.variables.count)
    writeHeader(
      .variables, Self.zeros(10 - count.utf8.count) + count + Self.zeros(20))
    var position = 0
    for (index, variable) in member.variables.enumerated() {
      writeVariable(variable, number: index + 1, position: position)
      position += variable.lengthBytes
    }
    let length = 140 * member.variables.count
    writeSpaces((XPTReader.recordBytes - length % XPTReader.recordBytes) % XPTReader.recordBytes)
  }

  private mutating func writeVariable(_ variable: XPTVariable, number: Int, position: Int) {
    for short in [variable.kind == .number ? 1 : 2, 0, variable.lengthBytes, number] {
      write(short: short)
    }
    write(variable.name, 8)
    write(variable.label, 40)
    write(variable.format, 8)
    for short in [variable.formatWidth, variable.formatDecimals, 0, 0] { write(short: short) }
    write("", 8)
    for short in [0, 0, position >> 16, position & 0xFFFF] { write(short: short) }
    bytes.append(contentsOf: [UInt8](repeating: 0, count: 52))
  }

  private mutating func write(short: Int) {
    bytes.append(UInt8(truncatingIfNeeded: short >> 8))
    bytes.append(UInt8(truncatingIfNeeded: short))
  }

  private mutating func write(_ bits: UInt64) {
    for shift in stride(from: 56 as UInt64, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  private mutating func write(_ text: String, _ width: Int) {
    bytes.append(contentsOf: Self.padded(text, width))
  }

  private mutating func writeSpaces(_ count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  private static func padded(_ text: String, _ width: Int) -> [UInt8] {
    let bytes = Array(text.utf8.prefix(width))
    return bytes + repeatElement(UInt8(ascii: " "), count: width - bytes.count)
  }

  private static func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

  // MARK: Limits

  private static func check(_ member: XPTMember) throws(XPTRefusal) {
    try check(name: member.name)
    try check(label: member.label)
    if member.variables.isEmpty { throw .noVariables(member: member.name) }
    var names: Set<String> = []
    for variable in member.variables {
      try check(name: variable.name)
      try check(label: variable.label)
      guard names.insert(variable.name.uppercased()).inserted else {
        throw .repeatedName(variable.name)
      }
      let lengths = variable.kind == .number ? 8...8 : 1...XPTVersion.five.longestText
      guard lengths.contains(variable.lengthBytes) else {
        throw .length(variable: variable.name, bytes: variable.lengthBytes)
      }
    }
  }

  private static func check(name: String) throws(XPTRefusal) {
    guard (1...8).contains(name.utf8.count), name.utf8.allSatisfy(XPTReader.isInName),
      name.utf8.first?.isDigit == false
    else { throw .name(name) }
  }

  private static func check(label: String) throws(XPTRefusal) {
    if label.utf8.count > 40 { throw .label(label) }
  }
}
