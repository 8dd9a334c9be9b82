// The descriptions of a member's variables.
extension XPTReader {
  mutating func takeNamestrs(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    if pending.count >= namestrCount * namestrBytes {
      try takeAfterNamestrs(record, body)
      return
    }
    pending.append(contentsOf: record)
    let length = namestrCount * namestrBytes
    guard pending.count >= length else { return }
    try expectBlank(record, from: record.count - (pending.count - length))
    member.variables.reserveCapacity(namestrCount)
    for index in 0..<namestrCount { try takeNamestr(index) }
    try checkVariables()
  }

  private mutating func takeNamestr(_ index: Int) throws(XPTProblem) {
    let start = index * namestrBytes
    let bytes = pending[start..<(start + namestrBytes)]
    let place = pendingOffset + start
    let kind = try kind(short(bytes, 0), at: place)
    let length = short(bytes, 4)
    let lengths = kind == .number ? 2...8 : 1...version.longestText
    guard lengths.contains(length) else {
      throw XPTProblem(
        offset: place + 4, found: "a length of \(length)",
        expected: "\(lengths.lowerBound) to \(lengths.upperBound)")
    }
    guard short(bytes, 6) == index + 1 else {
      throw XPTProblem(
        offset: place + 6, found: "variable number \(short(bytes, 6))", expected: "\(index + 1)")
    }
    let position = short(bytes, 84) << 16 | short(bytes, 86)
    let label = Self.text(bytes.dropFirst(16).prefix(40))
    var variable = XPTVariable(
      try name(bytes.dropFirst(8).prefix(8), at: place + 8), label: label, kind,
      lengthBytes: length, position: position, format: Self.text(bytes.dropFirst(56).prefix(8)),
      formatWidth: short(bytes, 64), formatDecimals: short(bytes, 66))
    if version == .eight, namestrBytes == 140 {
      let long = bytes.dropFirst(88).prefix(32)
      if !Self.text(long).isEmpty { variable.name = try name(long, at: place + 88) }
    }
    member.variables.append(variable)
  }

  private func kind(_ code: Int, at place: Int) throws(XPTProblem) -> XPTVariable.Kind {
    switch code {
    case 1: return .number
    case 2: return .text
    default:
      throw XPTProblem(
        offset: place, found: "a variable of type \(code)", expected: "1 (number) or 2 (text)")
    }
  }

  private func short(_ bytes: ArraySlice<UInt8>, _ position: Int) -> Int {
    let index = bytes.startIndex + position
    return Int(bytes[index]) << 8 | Int(bytes[index + 1])
  }

  /// Variables must fill an observation without gap or overlap, each under a name of its own.
  private func checkVariables() throws(XPTProblem) {
    var names: Set<String> = []
    var end = 0
    let order = member.variables.indices.sorted {
      member.variables[$0].position < member.variables[$1].position
    }
    for index in order {
      let variable = member.variables[index]
      let place = pendingOffset + index * namestrBytes
      guard names.insert(variable.name.uppercased()).inserted else {
        throw XPTProblem(
          offset: place + 8, found: "a second variable \(variable.name)",
          expected: "each name once")
      }
      guard variable.position == end else {
        throw XPTProblem(
          offset: place + 84, found: "\(variable.name) at position \(variable.position)",
          expected: "position \(end)")
      }
      end += variable.lengthBytes
    }
  }

  /// The record after the variables: observations, or the long labels of version 8.
  private mutating func takeAfterNamestrs(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    if version == .eight {
      for (name, hasFormats) in [("LABELV8", false), ("LABELV9", true)]
      where record.starts(with: XPTVersion.opening(name)) {
        let text = Self.text(record.dropFirst(48)).drop { $0 == " " }
        guard let count = Int(text), (1...namestrCount).contains(count) else {
          throw problem(48, "\"\(text)\"", "the number of long labels")
        }
        labelCount = count
        labelsHaveFormats = hasFormats
        pending.removeAll(keepingCapacity: true)
        pendingOffset = offset + Self.recordBytes
        state = .labels
        return
      }
    }
    try takeObservationsHeader(record, body)
  }

  private mutating func takeObservationsHeader(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    state = .observations
    try expectOpening(.observations, record)
    if version == .five {
      try expectDigits(record, String(repeating: "0", count: 30))
    } else {
      let text = Self.text(record.dropFirst(48).prefix(15)).drop { $0 == " " }
      try expectBlank(record, from: 63)
      guard text.utf8.allSatisfy(\.isDigit), let count = Int(text) else {
        throw problem(48, "\"\(text)\"", "the number of observations")
      }
      announced = count
    }
    beginObservations(body)
  }

  /// Labels over 40 bytes: the variable's number, the lengths of its name and label, and both.
  mutating func takeLabels(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    if labelCount == 0 { return try takeObservationsHeader(record, body) }
    pending.append(contentsOf: record)
    while labelCount > 0 {
      let header = labelsHaveFormats ? 10 : 6
      guard pending.count >= header else { return }
      let lengths = stride(from: 2, to: header, by: 2).map { short(pending[...], $0) }
      let total = header + lengths.reduce(0, +)
      guard pending.count >= total else { return }
      try takeLabel(nameBytes: lengths[0], labelBytes: lengths[1], header: header)
      pending.removeFirst(total)
      pendingOffset += total
      labelCount -= 1
    }
    guard pending.allSatisfy(Self.isSpace) else {
      throw XPTProblem(offset: pendingOffset, found: "more labels", expected: "spaces")
    }
  }

  private mutating func takeLabel(
    nameBytes: Int, labelBytes: Int, header: Int
  ) throws(XPTProblem) {
    let number = short(pending[...], 0)
    let found = Self.text(pending[header..<(header + nameBytes)])
    guard member.variables.indices.contains(number - 1),
      member.variables[number - 1].name == found
    else {
      throw XPTProblem(
        offset: pendingOffset,
        found: "a label of variable \(number), \"\(Self.printable(found.utf8))\"",
        expected: "the number and the name of a variable")
    }
    let start = header + nameBytes
    member.variables[number - 1].label = Self.text(pending[start..<(start + labelBytes)])
  }
}
