import Foundation

@testable import TrialData

/// A SAS transport file as read.
struct XPTFile: Equatable {
  var members: [XPTMember] = []
  /// By member, then observation.
  var values: [[[XPTValue]]] = []

  /// Reads bytes cut into chunks of a size.
  init(_ bytes: [UInt8], cutEvery size: Int = .max) throws {
    var file = Self()
    var reader = XPTReader()
    var fault: XPTProblem?
    let body: (XPTReader.Event) -> Void = { event in
      do throws(XPTProblem) {
        try file.take(event)
      } catch {
        fault = fault ?? error
      }
    }
    var start = 0
    while start < bytes.count {
      let end = start + min(size, bytes.count - start)
      try reader.read(bytes[start..<end], body)
      start = end
    }
    try reader.finish(body)
    if let fault { throw fault }
    self = file
  }

  private init() {}

  private mutating func take(_ event: XPTReader.Event) throws(XPTProblem) {
    switch event {
    case .member(let member):
      members.append(member)
      values.append([])
    case .observation(let observation):
      var row: [XPTValue] = []
      for variable in members[members.count - 1].variables {
        row.append(try observation.value(of: variable))
      }
      values[values.count - 1].append(row)
    }
  }

  /// A file of the repository's.
  static func reference(_ name: String) throws -> [UInt8] {
    let path = SharedData.repository("Tests/TrialDataTests/Reference/\(name)")
    return Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// Writes members with their observations.
  static func bytes(_ members: [(XPTMember, [[XPTValue]])]) throws -> [UInt8] {
    var writer = XPTWriter()
    for (member, rows) in members {
      try writer.begin(member)
      for row in rows { try writer.add(row) }
    }
    try writer.finish()
    return writer.takeBytes()
  }
}

/// The problem of reading bytes, if there is one.
func xptProblem(_ bytes: [UInt8]) -> XPTProblem? {
  do {
    _ = try XPTFile(bytes)
    return nil
  } catch {
    return error as? XPTProblem
  }
}
