import RECIST
import Testing

struct BaselineProblemTests {
  private func target(
    _ name: String, _ size: String?, site: String? = nil, nodal: Bool = false
  ) -> BaselineProblem.Target {
    .init(
      lesion: TargetLesion(name: name, isNodal: nodal), site: site,
      size: size.flatMap { Millimeters($0) })
  }

  @Test func `every problem is named with its numbers`() {
    let targets = [
      target("T1", "10", site: "LIVER"), target("T2", "9.9", site: "LIVER"),
      target("T3", "30", site: "LIVER"), target("T4", "14.9", nodal: true),
      target("T5", "15", nodal: true), target("T6", nil),
    ]
    #expect(
      BaselineProblem.all(of: targets, criteria: .recist1_1).map(\.description) == [
        "6 target lesions, at most 5", "3 target lesions in LIVER, at most 2",
        "target lesion T2 measures 9.9 mm, at least 10",
        "target lesion T4 measures 14.9 mm, at least 15",
        "target lesion T6 was not measured at baseline",
      ])
  }

  @Test func `RECIST 1.0 allows more, and knows no nodes`() {
    let ten = (1...10).map { target("T\($0)", "10", site: $0 > 5 ? "LUNG" : "LIVER", nodal: true) }
    #expect(BaselineProblem.all(of: ten, criteria: .recist1_0).isEmpty)
    let eleven = ten + [target("T11", "12", site: "LUNG")]
    #expect(
      BaselineProblem.all(of: eleven, criteria: .recist1_0)
        == [
          .tooMany(count: 11, allowed: 10), .tooManyInOrgan("LUNG", count: 6, allowed: 5),
        ])
  }
}
