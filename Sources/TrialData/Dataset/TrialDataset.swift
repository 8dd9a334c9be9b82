internal import GRDB
internal import RECIST

/// A data set, read from its file.
///
/// Files never change once they are made; they are opened read-only and may lie in a folder that
/// cannot be written.
public struct TrialDataset: Sendable {
  public let path: String
  private let database: DatabaseQueue

  /// - Throws: ``TrialDataError/cannotOpen(path:reason:)`` or
  ///   ``TrialDataError/notADataset(path:reason:)``.
  public init(path: String) throws(TrialDataError) {
    self.path = path
    do {
      var configuration = Configuration()
      configuration.readonly = true
      database = try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw .notADataset(path: path, reason: Self.reason(error))
    } catch {
      throw .cannotOpen(path: path, reason: Self.reason(error))
    }
    try checkFormat()
  }

  /// In the order of their names.
  public func subjects() throws(TrialDataError) -> [Subject] {
    try rows(of: .subject) { row in
      Subject(
        subject: row[0], arm: row[1], doseLevel: row[2], doseUnit: row[3], cohort: row[4],
        sex: row[5], age: row[6], firstDose: row[7])
    }
  }

  public func lesions() throws(TrialDataError) -> [Lesion] {
    try rows(of: .lesion) { row in
      Lesion(
        subject: row[0], lesion: row[1], role: try Self.code(row[2], LesionRole.init(rawValue:)),
        site: row[3], isNodal: row[4])
    }
  }

  /// By subject, lesion, day and evaluator.
  public func measurements() throws(TrialDataError) -> [Measurement] {
    try rows(of: .measurement) { row in
      Measurement(
        subject: row[0], lesion: row[1], day: row[2], visit: row[3],
        diameter: try Self.length(row[4]),
        state: try Self.code(row[5], LesionState.init(rawValue:)), evaluator: row[6])
    }
  }

  /// By subject, day and evaluator.
  public func assessments() throws(TrialDataError) -> [Assessment] {
    try rows(of: .assessment) { row in
      Assessment(
        subject: row[0], day: row[1], visit: row[2], sumOfDiameters: try Self.length(row[3]),
        target: try Self.code(row[4], ResponseCode.init(rawValue:)),
        nonTarget: try Self.code(row[5], ResponseCode.init(rawValue:)), newLesion: row[6],
        overall: try Self.code(row[7], ResponseCode.init(rawValue:)), evaluator: row[8])
    }
  }

  public func exposures() throws(TrialDataError) -> [Exposure] {
    try rows(of: .exposure) { row in
      Exposure(subject: row[0], day: row[1], drug: row[2], dose: row[3], unit: row[4])
    }
  }

  public func markers() throws(TrialDataError) -> [Marker] {
    try rows(of: .marker) { row in
      Marker(
        subject: row[0], day: row[1], visit: row[2], marker: row[3], value: row[4], unit: row[5])
    }
  }

  public func events() throws(TrialDataError) -> [Event] {
    try rows(of: .event) { row in
      Event(subject: row[0], endpoint: row[1], day: row[2], occurred: row[3])
    }
  }

  /// Sources with their SHA-256, options, notes and the importer's version.
  public func about() throws(TrialDataError) -> [String: String] {
    let pairs = try read("about", "SELECT key, value FROM about") { row -> (String, String) in
      (row[0], row[1])
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// Computes the SHA-256 of the logical content anew; the file is named by it.
  public func contentHash() throws(TrialDataError) -> String {
    var hash = ContentHash()
    for table in TrialTable.allCases {
      hash.begin(table)
      let kinds = table.columns.map(\.kind)
      let rows = try rows(of: table) { row in kinds.indices.map { row[$0] as DatabaseValue } }
      for row in rows {
        hash.beginRow()
        for (value, kind) in zip(row, kinds) { Self.add(value, kind, to: &hash) }
        hash.endRow()
      }
    }
    return hash.finish()
  }

  /// Every row of a table as it is stored, in the order of the key.
  func cells(of table: TrialTable) throws(TrialDataError) -> [[ExportCell]] {
    let columns = table.columns.indices
    return try rows(of: table) { row in columns.map { Self.cell(row[$0] as DatabaseValue) } }
  }

  private static func cell(_ value: DatabaseValue) -> ExportCell {
    switch value.storage {
    case .null, .blob: .missing
    case .int64(let number): .whole(number)
    case .double(let number): .number(number)
    case .string(let text): .text(text)
    }
  }

  private static func add(
    _ value: DatabaseValue, _ kind: ColumnKind, to hash: inout ContentHash
  ) {
    switch value.storage {
    case .null, .blob: hash.addMissing()
    case .int64(let number): kind.storage == .real ? hash.add(Double(number)) : hash.add(number)
    case .double(let number): hash.add(number)
    case .string(let text): hash.add(text: text)
    }
  }

  private func rows<Element>(
    of table: TrialTable, _ decode: (Row) throws -> Element
  ) throws(TrialDataError) -> [Element] {
    try read(table.rawValue, DatasetFormat.selection(of: table), decode)
  }

  private func read<Element>(
    _ name: String, _ sql: String, _ decode: (Row) throws -> Element
  ) throws(TrialDataError) -> [Element] {
    do {
      return try database.read { database in
        var elements: [Element] = []
        let rows = try Row.fetchCursor(database, sql: sql)
        while let row = try rows.next() { elements.append(try decode(row)) }
        return elements
      }
    } catch {
      throw .unreadable(table: name, reason: Self.reason(error))
    }
  }

  private func checkFormat() throws(TrialDataError) {
    let format: (id: Int32?, version: Int32?)
    do {
      format = try database.read { database in
        (
          try Int32.fetchOne(database, sql: "PRAGMA application_id"),
          try Int32.fetchOne(database, sql: "PRAGMA user_version")
        )
      }
    } catch {
      throw .notADataset(path: path, reason: Self.reason(error))
    }
    guard format.id == DatasetFormat.applicationID else {
      throw .notADataset(path: path, reason: "it was not made by import")
    }
    guard format.version == DatasetFormat.version else {
      throw .notADataset(
        path: path,
        reason: "its format is \(format.version ?? 0), and this program reads "
          + "\(DatasetFormat.version)")
    }
  }

  private struct UnknownCode: Error, CustomStringConvertible {
    let description: String
  }

  private static func code<Code>(
    _ text: String?, _ read: (String) -> Code?
  ) throws -> Code? {
    guard let text else { return nil }
    guard let code = read(text) else { throw UnknownCode(description: "unknown code \(text)") }
    return code
  }

  private static func code<Code>(_ text: String, _ read: (String) -> Code?) throws -> Code {
    guard let code = read(text) else { throw UnknownCode(description: "unknown code \(text)") }
    return code
  }

  private static func length(_ number: Double?) throws -> Millimeters? {
    guard let number else { return nil }
    guard let length = Millimeters(rounding: number) else {
      throw UnknownCode(description: "\(number) is no length")
    }
    return length
  }

  private static func reason(_ error: any Error) -> String {
    (error as? DatabaseError).map { $0.message ?? $0.resultCode.description } ?? "\(error)"
  }
}
