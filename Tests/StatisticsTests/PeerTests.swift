import ReferenceTesting
import Statistics
import Testing

struct PeerTests {
  static let published = Result { try ReferenceTable<PeerRow>.load("published", in: .module) }
  static let peers = Result { try ReferenceTable<PeerRow>.load("peers", in: .module) }

  @Test(
    "agrees with papers, R, SAS, StatXact and East at the digits they print",
    arguments: try published.get().rows.filter { $0.leftOut == nil })
  func agreesWithPublished(row: PeerRow) throws {
    let tolerance = try #require(row.tolerance)
    let comparisons = try row.comparisons()
    #expect(!comparisons.isEmpty)
    for (ours, theirs) in comparisons {
      // A value halfway between two printed ones may be rounded either way.
      #expect(abs(ours - theirs) <= tolerance * (1 + 1e-9) + 1e-16, "\(row.id)")
    }
  }

  @Test(
    "agrees with what R, SciPy and dense computations agree on",
    arguments: try peers.get().rows.filter { $0.leftOut == nil })
  func agreesWithPeers(row: PeerRow) throws {
    let tolerance = try Self.peers.get().relativeTolerance
    let comparisons = try row.comparisons()
    #expect(!comparisons.isEmpty)
    for (ours, theirs) in comparisons {
      #expect(ours.agrees(with: theirs, within: tolerance), "\(row.id): \(ours) v \(theirs)")
    }
  }
}

extension PeerTests {
  typealias Family = PeerRow.Family

  static let counts: [(String, Family, used: Int, leftOut: Int)] = [
    ("published", .interval, 31, 2), ("published", .oneSample, 7, 18),
    ("published", .twoSample, 34, 27), ("published", .difference, 15, 8),
    ("published", .ratio, 9, 5), ("published", .oddsRatio, 5, 5),
    ("peers", .interval, 1082, 20), ("peers", .oneSample, 438, 0),
    ("peers", .twoSample, 202, 0), ("peers", .difference, 74, 0),
    ("peers", .oddsRatio, 29, 1), ("peers", .trend, 25, 0),
  ]

  @Test("no row is dropped unseen", arguments: counts)
  func counts(table: String, family: Family, used: Int, leftOut: Int) throws {
    let rows = try ReferenceTable<PeerRow>.load(table, in: .module).rows
      .filter { $0.family == family }
    #expect(rows.count { $0.leftOut == nil } == used)
    #expect(rows.count { $0.leftOut != nil } == leftOut)
  }

  @Test("leaves StatXact 11's wrong interval alone, and says so")
  func knownError() throws {
    let row = try #require(try Self.published.get().rows.first { $0.id == "twosample-063" })
    #expect(row.leftOut == "StatXact 11's wrong interval, which must NOT be reproduced")
  }
}
