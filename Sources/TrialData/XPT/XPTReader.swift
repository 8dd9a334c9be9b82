/// Reads SAS transport files, version 5 and 8, from chunks of any size.
///
/// Nothing is held but one observation, the variables of one member, and a record of 80 bytes.
/// However the bytes are cut into chunks, members, observations and problems are the same, and
/// no sequence of bytes is refused by a crash.
///
/// What is wrong ends the reading, with the byte and the record it stands in. Two things version
/// 5 cannot say: it does not count its observations, so that a cut exactly between two of them
/// at the end of a record is not seen (version 8 counts); and a changed bit inside a value is
/// another value. Observations at the end that are all spaces and lie within the last record are
/// its padding.
///
/// ## References
///
/// - SAS Institute (1989). The record layout of a data set in SAS transport (XPORT) format,
///   TS-140.
/// - SAS Institute (2012). Record layout of a SAS version 8 or 9 data set in SAS transport
///   format, TS-140-2.
package struct XPTReader: Sendable {
  package enum Event: Sendable {
    case member(XPTMember)
    case observation(XPTObservation)
  }

  package static let recordBytes = 80

  enum State: Sendable, Equatable {
    case library, libraryCreated, libraryModified
    case member, descriptor, memberCreated, memberModified
    case variables, namestrs, labels, observations
  }

  var state = State.library
  var version = XPTVersion.five
  /// Of the current record in the file.
  var offset = 0
  var member = XPTMember("", variables: [])
  var namestrBytes = 140
  var namestrCount = 0
  /// Bytes of what spans records: descriptions of variables, labels, an observation.
  var pending: [UInt8] = []
  var pendingOffset = 0
  var labelsHaveFormats = false
  var labelCount = 0
  /// Observations the member says it has, where it says so.
  var announced: Int?

  private var record: [UInt8] = []
  private var observationBytes = 0
  private var observations = 0
  /// Observations of spaces that may turn out to be padding.
  private var blanks = 0
  private var dataOffset = 0

  package init() { record.reserveCapacity(Self.recordBytes) }

  /// The bytes this reader holds.
  package var heldBytes: Int { record.count + pending.count }

  /// Reads a chunk and hands over what it completes.
  ///
  /// - Throws: ``XPTProblem``; nothing more can be read then.
  package mutating func read(
    _ chunk: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    var rest = chunk
    if !record.isEmpty {
      let part = rest.prefix(Self.recordBytes - record.count)
      record.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
      guard record.count == Self.recordBytes else { return }
      let whole = record
      record.removeAll(keepingCapacity: true)
      try take(whole[...], body)
    }
    while rest.count >= Self.recordBytes {
      try take(rest.prefix(Self.recordBytes), body)
      rest = rest.dropFirst(Self.recordBytes)
    }
    record.append(contentsOf: rest)
  }

  /// Hands over what the end of the file completes.
  package mutating func finish(_ body: (Event) -> Void) throws(XPTProblem) {
    guard record.isEmpty else {
      throw XPTProblem(
        offset: offset + record.count, found: "the end of the file within a record",
        expected: "records of \(Self.recordBytes) bytes")
    }
    guard state == .observations else {
      throw XPTProblem(
        offset: offset, found: "the end of the file", expected: expectation)
    }
    try endMember(body)
  }

  private mutating func take(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    switch state {
    case .observations: try takeObservations(record, body)
    default: try takeHeader(record, body)
    }
    offset += Self.recordBytes
  }

  /// Prepares for the observations that begin in the next record.
  mutating func beginObservations(_ body: (Event) -> Void) {
    state = .observations
    observationBytes = member.observationLengthBytes
    observations = 0
    blanks = 0
    dataOffset = offset + Self.recordBytes
    pending.removeAll(keepingCapacity: true)
    body(.member(member))
  }

  private mutating func takeObservations(
    _ record: ArraySlice<UInt8>, _ body: (Event) -> Void
  ) throws(XPTProblem) {
    if Self.isHeader(record) {
      try endMember(body)
      try takeHeader(record, body)
      return
    }
    pending.append(contentsOf: record)
    guard pending.count >= observationBytes else { return }
    var start = 0
    let base = offset + Self.recordBytes - pending.count
    while pending.count - start >= observationBytes {
      take(pending[start..<(start + observationBytes)], at: base + start, body)
      start += observationBytes
    }
    pending.removeFirst(start)
  }

  /// Whether a record among observations is a header, or was one before it was damaged.
  private static func isHeader(_ record: ArraySlice<UInt8>) -> Bool {
    record.starts(with: "HEADER RECORD*******".utf8)
      || record.dropFirst(28).starts(with: "HEADER RECORD!!!!!!!".utf8)
  }

  private mutating func take(
    _ bytes: ArraySlice<UInt8>, at offset: Int, _ body: (Event) -> Void
  ) {
    if bytes.allSatisfy(Self.isSpace) {
      blanks += 1
      return
    }
    releaseBlanks(blanks, body)
    observations += 1
    body(.observation(XPTObservation(number: observations, offset: offset, bytes: bytes)))
  }

  /// Hands over observations of spaces that were no padding.
  private mutating func releaseBlanks(_ count: Int, _ body: (Event) -> Void) {
    guard count > 0 else { return }
    let spaces = [UInt8](repeating: UInt8(ascii: " "), count: observationBytes)
    for _ in 0..<count {
      observations += 1
      let start = dataOffset + (observations - 1) * observationBytes
      body(.observation(XPTObservation(number: observations, offset: start, bytes: spaces[...])))
    }
    blanks = 0
  }

  private mutating func endMember(_ body: (Event) -> Void) throws(XPTProblem) {
    let padding = pending.count
    guard pending.allSatisfy(Self.isSpace), padding < Self.recordBytes else {
      throw XPTProblem(
        offset: offset, found: "the end of \(member.name) within an observation",
        expected: "observations of \(observationBytes) bytes")
    }
    let bytes = offset - dataOffset
    let least = bytes == 0 ? 0 : max(0, bytes - Self.recordBytes) / observationBytes + 1
    let count = announced ?? max(observations, min(observations + blanks, least))
    guard (observations...(observations + blanks)).contains(count),
      bytes - count * observationBytes < Self.recordBytes
    else {
      throw XPTProblem(
        offset: offset, found: "\(observations + blanks) observations in \(member.name)",
        expected: "\(count), as its header says")
    }
    releaseBlanks(count - observations, body)
    pending.removeAll(keepingCapacity: true)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") }
}
