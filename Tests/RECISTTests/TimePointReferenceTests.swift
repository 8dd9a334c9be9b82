import Foundation
import RECIST
import ReferenceTesting
import Testing

struct TimePointReferenceTests {
  struct Reader: Decodable, Sendable, CustomTestStringConvertible {
    struct Lesion: Decodable, Sendable {
      let name: String
      let role: String
      let isNodal: Bool
    }
    struct Visit: Decodable, Sendable {
      let visit: String
      let diameters: [String: String]
      let nonTargets: [String: String]
      let expected: String?
    }
    let subject: String
    let evaluator: String
    let lesions: [Lesion]
    let visits: [Visit]

    var testDescription: String { "\(subject), \(evaluator)" }
  }

  static let table = Result {
    try ReferenceTable<Reader>.load("recist-timepoints", in: .module)
  }

  @Test("agrees with the pilot readers at every time point", arguments: try table.get().rows)
  func agrees(reader: Reader) throws {
    let targets = reader.lesions.filter { $0.role == "TARGET" }
    let nonTargets = reader.lesions.filter { $0.role == "NON-TARGET" }
    var followUp =
      targets.isEmpty
      ? nil
      : TargetFollowUp(
        targets.map { TargetLesion(name: $0.name, isNodal: $0.isNodal) },
        baseline: try readings(reader.visits[0]))
    for visit in reader.visits.dropFirst() {
      let target = followUp?.assess(try readings(visit))
      let states = nonTargets.map { lesion -> NonTargetState in
        switch visit.nonTargets[lesion.name] {
        case "PRESENT": .present
        case "ABSENT": .absent
        default: .notEvaluable
        }
      }
      let overall = ResponseCategory(
        target: target?.response, nonTarget: ResponseCategory(nonTargets: states), newLesion: false)
      #expect(overall.rawValue == visit.expected, "\(visit.visit)")
    }
  }

  private func readings(_ visit: Reader.Visit) throws -> [String: LesionReading] {
    try visit.diameters.mapValues { .measured(try #require(Millimeters($0))) }
  }

  @Test func `the table is whole`() throws {
    let rows = try Self.table.get().rows
    #expect(rows.count == 15)
    #expect(rows.flatMap { $0.visits.dropFirst() }.allSatisfy { $0.expected != nil })
  }
}
