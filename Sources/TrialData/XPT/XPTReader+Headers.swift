extension XPTReader {
  /// What the next record must be.
  var expectation: String {
    switch state {
    case .library: "the header LIBRARY or LIBV8 of a SAS transport file"
    case .libraryCreated: "SAS, SAS and SASLIB"
    case .libraryModified: "the date of the library"
    case .member: "the header \(version.name(.member))"
    case .descriptor: "the header \(version.name(.descriptor))"
    case .memberCreated: "SAS, the name of the data set, and SASDATA"
    case .memberModified: "the label of the data set"
    case .variables: "the header \(version.name(.variables))"
    case .namestrs: "\(namestrCount) variables of \(namestrBytes) bytes"
    case .labels: "\(labelCount) long labels"
    case .observations: "the header \(version.name(.observations))"
    }
  }

  mutating func takeHeader(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    switch state {
    case .library: try takeLibrary(record)
    case .libraryCreated:
      try expect("SAS     SAS     SASLIB  ", in: record, at: 0)
      try expectText(record)
      state = .libraryModified
    case .libraryModified:
      try expectText(record)
      state = .member
    case .member, .observations: try takeMember(record)
    case .descriptor:
      try expectOpening(.descriptor, record)
      try expectDigits(record, String(repeating: "0", count: 30))
      state = .memberCreated
    case .memberCreated: try takeName(record)
    case .memberModified:
      try expectText(Array(record.prefix(32))[...])
      member.label = Self.text(record.dropFirst(32).prefix(40))
      state = .variables
    case .variables: try takeCount(record)
    case .namestrs: try takeNamestrs(record, body)
    case .labels: try takeLabels(record, body)
    }
  }

  private mutating func takeLibrary(_ record: ArraySlice<UInt8>) throws(XPTProblem) {
    for candidate in [XPTVersion.five, .eight]
    where record.starts(with: candidate.opening(.library)) {
      version = candidate
      try expectDigits(record, String(repeating: "0", count: 30))
      state = .libraryCreated
      return
    }
    try expectOpening(.library, record)
  }

  private mutating func takeMember(_ record: ArraySlice<UInt8>) throws(XPTProblem) {
    try expectOpening(.member, record)
    let digits = record.dropFirst(48).prefix(30)
    for size in [140, 136] where digits.elementsEqual(Self.memberDigits(size).utf8) {
      try expectBlank(record, from: 78)
      namestrBytes = size
      member = XPTMember("", variables: [])
      announced = nil
      state = .descriptor
      return
    }
    try expectDigits(record, Self.memberDigits(140))
  }

  static func memberDigits(_ namestrBytes: Int) -> String {
    String(repeating: "0", count: 17) + "160" + String(repeating: "0", count: 7)
      + "\(namestrBytes)"
  }

  private mutating func takeName(_ record: ArraySlice<UInt8>) throws(XPTProblem) {
    let width = version == .five ? 8 : 32
    try expect("SAS     ", in: record, at: 0)
    try expect("SASDATA ", in: record, at: 8 + width)
    try expectText(record)
    member.name = try name(record.dropFirst(8).prefix(width), at: offset + 8)
    state = .memberModified
  }

  private mutating func takeCount(_ record: ArraySlice<UInt8>) throws(XPTProblem) {
    try expectOpening(.variables, record)
    let digits = String(decoding: record.dropFirst(48).prefix(30), as: UTF8.self)
    let zeros = digits.prefix(5) + digits.dropFirst(10)
    guard zeros.allSatisfy({ $0 == "0" }), digits.dropFirst(5).prefix(5).utf8.allSatisfy(\.isDigit),
      let count = Int(digits.dropFirst(5).prefix(5)), count > 0
    else {
      throw problem(48, "\"\(Self.printable(record.dropFirst(48)))\"", "the number of variables")
    }
    try expectBlank(record, from: 78)
    namestrCount = count
    pending.removeAll(keepingCapacity: true)
    pendingOffset = offset + Self.recordBytes
    state = .namestrs
  }

  // MARK: Checks

  func problem(_ position: Int, _ found: String, _ expected: String) -> XPTProblem {
    XPTProblem(offset: offset + position, found: found, expected: expected)
  }

  func expectOpening(
    _ header: XPTVersion.Header, _ record: ArraySlice<UInt8>
  ) throws(XPTProblem) {
    let expected = version.opening(header)
    guard let wrong = zip(record, expected).enumerated().first(where: { $1.0 != $1.1 })?.offset
    else { return }
    throw problem(wrong, "\"\(Self.printable(record.prefix(48)))\"", expectation)
  }

  func expectDigits(_ record: ArraySlice<UInt8>, _ digits: String) throws(XPTProblem) {
    try expect(digits, in: record, at: 48)
    try expectBlank(record, from: 78)
  }

  func expectBlank(_ record: ArraySlice<UInt8>, from position: Int) throws(XPTProblem) {
    guard let wrong = record.dropFirst(position).firstIndex(where: { !Self.isSpace($0) }) else {
      return
    }
    throw problem(wrong - record.startIndex, "the byte \(record[wrong])", "spaces")
  }

  func expect(
    _ text: String, in record: ArraySlice<UInt8>, at position: Int
  ) throws(XPTProblem) {
    let found = record.dropFirst(position).prefix(text.utf8.count)
    guard let wrong = zip(found, text.utf8).enumerated().first(where: { $1.0 != $1.1 })?.offset
    else { return }
    throw problem(position + wrong, "\"\(Self.printable(found))\"", "\"\(text)\"")
  }

  /// Dates and systems are read by nobody, but they are text.
  func expectText(_ record: ArraySlice<UInt8>) throws(XPTProblem) {
    guard let wrong = record.firstIndex(where: { !(0x20...0x7E).contains($0) }) else { return }
    throw problem(wrong - record.startIndex, "the byte \(record[wrong])", "text")
  }

  /// A SAS name: letters, digits and underscores, the first no digit.
  func name(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(XPTProblem) -> String {
    let name = Self.text(bytes)
    guard let first = name.utf8.first, !first.isDigit, name.utf8.allSatisfy(Self.isInName) else {
      throw XPTProblem(
        offset: offset, found: "\"\(Self.printable(bytes))\"",
        expected: "a name of letters, digits and underscores")
    }
    return name
  }

  static func isInName(_ byte: UInt8) -> Bool {
    let lowercase = byte | 0x20
    return byte == UInt8(ascii: "_") || byte.isDigit
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercase)
  }

  /// A name or a label without the spaces that pad it; what is not UTF-8 is repaired.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let end = bytes.lastIndex { !isSpace($0) && $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
    return String(decoding: bytes[bytes.startIndex..<end], as: UTF8.self)
  }

  static func printable(_ bytes: some Sequence<UInt8>) -> String {
    String(
      decoding: bytes.map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}
