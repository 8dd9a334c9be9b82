import Testing

@testable import TrialData

struct XPTWriterTests {
  private static let number = XPTVariable("X", label: "x", .number)
  private static let text = XPTVariable("T", label: "t", .text, lengthBytes: 3)

  @Test("what is written reads back the same, whatever the sizes")
  func roundTrip() throws {
    var random = SplitMix(state: 7)
    for round in 0..<200 {
      let count = Int(random.next() % 4) + 1
      var members: [(XPTMember, [[XPTValue]])] = []
      for number in 0..<(round % 3 + 1) {
        var position = 0
        let variables = (0..<count).map { index -> XPTVariable in
          let isText = random.next() % 2 == 0
          let length = isText ? Int(random.next() % 90) + 1 : 8
          defer { position += length }
          return XPTVariable(
            "V\(index)", label: "Variable \(index)", isText ? .text : .number,
            lengthBytes: length, position: position, format: isText ? "" : "BEST",
            formatWidth: 12, formatDecimals: 2)
        }
        let rows = (0..<Int(random.next() % 30)).map { _ in
          variables.map { Self.value($0, &random) }
        }
        members.append((XPTMember("M\(number)", label: "ä", variables: variables), rows))
      }
      do {
        let file = try XPTFile(XPTFile.bytes(members), cutEvery: Int(random.next() % 200) + 1)
        #expect(file.members == members.map(\.0))
        #expect(file.values == members.map(\.1))
      } catch let refusal as XPTRefusal {
        guard case .blankEnd = refusal else { throw refusal }
        #expect(members.contains { $0.1.last?.allSatisfy { $0 == .text([]) } == true })
      }
    }
  }

  private static func value(_ variable: XPTVariable, _ random: inout SplitMix) -> XPTValue {
    if variable.kind == .text {
      let count = Int(random.next() % UInt64(variable.lengthBytes + 1))
      return .text((0..<count).map { _ in UInt8(ascii: "a") + UInt8(random.next() % 26) })
    }
    switch random.next() % 5 {
    case 0: return .missing
    case 1: return .missing(UInt8(ascii: "A") + UInt8(random.next() % 26))
    case 2: return .number(Double(Int64(truncatingIfNeeded: random.next()) % 1000))
    default:
      let exponent = UInt64(1023 - 260) + random.next() % 512
      return .number(
        Double(bitPattern: random.next() << 63 | exponent << 52 | random.next() & 0xF_FFFF_FFFF))
    }
  }

  @Test("what version 5 cannot carry is refused")
  func refusals() throws {
    func refusal(_ member: XPTMember, _ rows: [[XPTValue]] = []) -> String? {
      do {
        _ = try XPTFile.bytes([(member, rows)])
        return nil
      } catch {
        return "\(error)"
      }
    }
    func member(_ variables: XPTVariable...) -> XPTMember { XPTMember("M", variables: variables) }
    let one = member(Self.number)
    #expect(
      refusal(XPTMember("LONGNAME9", variables: [Self.number]))
        == "\"LONGNAME9\" cannot be a name in a SAS transport file: it has 1 to 8 letters, digits "
        + "and underscores, the first no digit")
    #expect(refusal(member(XPTVariable("1", .number)))?.hasPrefix("\"1\" cannot be a name") == true)
    #expect(refusal(member()) == "M has no variables")
    #expect(refusal(member(Self.number, Self.number)) == "two variables cannot both be called X")
    let label = String(repeating: "é", count: 21)
    #expect(
      refusal(member(XPTVariable("X", label: label, .number)))
        == "the label \"\(label)\" is longer than 40 bytes")
    #expect(
      refusal(member(XPTVariable("T", .text, lengthBytes: 201)))
        == "T cannot be 201 bytes long")
    #expect(
      refusal(member(Self.text), [[.text("a")], [.text("abcd")]])
        == "T of observation 2 has 4 bytes, and 3 is the most")
    #expect(
      refusal(member(Self.text), [[.text("a ")]])
        == "T of observation 1 ends in a space, which would be lost")
    #expect(
      refusal(one, [[.number(1e80)]])
        == "X of observation 1 is 1e+80, which has no IBM form: 0, or 5.4e-79 to 7.2e75 in size")
    #expect(refusal(one, [[.text("a")]]) == "X of observation 1 is not of the variable's kind")
    #expect(
      refusal(member(Self.text), [[.text("a")], [.text("")]])
        == "the last observation of M is all spaces, which reads as padding")
    #expect(refusal(member(Self.text), [[.text("")], [.text("a")]]) == nil)
  }

  @Test("the same content gives the same bytes")
  func deterministic() throws {
    let member = XPTMember("M", variables: [Self.number])
    let bytes = try XPTFile.bytes([(member, [[.number(1)]])])
    #expect(try XPTFile.bytes([(member, [[.number(1)]])]) == bytes)
    #expect(bytes.count % 80 == 0)
  }
}
