/// Reads TU: which lesions there are, and what they are to the criteria.
///
/// Readers may choose different lesions under the same link. Where they disagree about the role,
/// the site or whether it is a node, the lesion's name carries the reader: `T01 (RADIOLOGIST 2)`.
final class CDISCTumors {
  struct Tumor: Hashable {
    let role: Int64
    let site: Int64
    let isNodal: Bool
  }

  private struct Link: Hashable {
    let subject: Int64
    let name: String
  }

  private let stage: Stage
  private var order: [Link] = []
  /// By link and reader.
  private var tumors: [Link: [Int64: Tumor]] = [:]
  private var places: [Link: StagedTable.Place] = [:]

  init(stage: Stage) { self.stage = stage }

  func read(_ table: CDISCTable) {
    guard let columns = table.columns(["TESTCD", "LNKID", "LOC"]) else { return }
    let result = table.column("STRESC") ?? table.column("ORRES")
    for row in 0..<table.source.rowCount where table.source.text(row, columns[0]) == "TUMIDENT" {
      guard let subject = table.subject(row) else { continue }
      guard let name = table.source.text(row, columns[1]) else {
        stage.problems.add(
          table.source.problem(row, columns[1], .missing, expected: "the lesion's link"))
        continue
      }
      guard let role = role(table, row, result) else { continue }
      let site = table.source.text(row, columns[2])
      let isNodal = site?.uppercased().contains("LYMPH NODE") ?? false
      let tumor = Tumor(role: role, site: table.cell(site), isNodal: isNodal)
      add(tumor, Link(subject: subject, name: name), table.evaluator(row), table.place(row))
    }
  }

  private func role(_ table: CDISCTable, _ row: Int, _ column: Int?) -> Int64? {
    let text = table.source.text(row, column)
    if let role = text.flatMap({ LesionRole(rawValue: $0.uppercased()) }) {
      return stage.names.cell(role.rawValue)
    }
    stage.problems.add(
      table.source.problem(
        row, column, text.map { .value($0) } ?? .missing,
        expected: ColumnKind.lesionRole.expectation))
    return nil
  }

  private func add(_ tumor: Tumor, _ link: Link, _ evaluator: Int64, _ place: StagedTable.Place) {
    if tumors[link] == nil {
      order.append(link)
      places[link] = place
    }
    let known = tumors[link, default: [:]].updateValue(tumor, forKey: evaluator)
    if let known, known != tumor {
      stage.problem(
        at: place, column: "TULNKID", .value(link.name),
        expected: "one role and one site for each lesion and reader")
    }
  }

  /// Writes a row a lesion.
  func stageRows() {
    var disagreements = 0
    for link in order {
      let readers = tumors[link, default: [:]]
      guard let place = places[link] else { continue }
      if areAgreed(link), let tumor = readers.first?.value {
        append(link.subject, link.name, tumor, place)
      } else {
        disagreements += 1
        for (evaluator, tumor) in readers.sorted(by: { $0.key < $1.key }) {
          append(link.subject, qualified(link.name, evaluator), tumor, place)
        }
      }
    }
    if disagreements > 0 {
      stage.note(
        "\(disagreements) lesions are not the same to all readers: their names carry the reader")
    }
  }

  private func append(
    _ subject: Int64, _ name: String, _ tumor: Tumor, _ place: StagedTable.Place
  ) {
    stage.table(.lesion).append(
      [subject, stage.names.cell(name), tumor.role, tumor.site, tumor.isNodal ? 1 : 0], place)
  }

  private func areAgreed(_ link: Link) -> Bool { Set(tumors[link, default: [:]].values).count == 1 }

  private func qualified(_ name: String, _ evaluator: Int64) -> String {
    "\(name) (\(stage.text(evaluator) ?? "no reader"))"
  }

  /// The lesion a measurement is of, and its name; nothing if TU does not know it.
  func tumor(subject: Int64, link name: String, evaluator: Int64) -> (name: Int64, tumor: Tumor)? {
    let link = Link(subject: subject, name: name)
    guard let readers = tumors[link] else { return nil }
    if areAgreed(link), let tumor = readers.first?.value { return (stage.names.cell(name), tumor) }
    return readers[evaluator].map { (stage.names.cell(qualified(name, evaluator)), $0) }
  }
}
