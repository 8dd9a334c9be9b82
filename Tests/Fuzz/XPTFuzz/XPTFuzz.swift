import TrialData

/// Any bytes are observations or a problem with a place, and where the file is cut into chunks
/// changes neither.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzXPT(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  let whole = Reading(bytes, cutEvery: max(bytes.count, 1))
  let pieces = Reading(bytes, cutEvery: Int(bytes.first ?? 0) % 97 + 1)
  precondition(whole == pieces, "chunks change nothing")
  if let problem = whole.problem {
    precondition((0...bytes.count).contains(problem.offset), "a problem has a place")
  }
  return 0
}

private struct Reading: Equatable {
  var members: [XPTMember] = []
  var values: [XPTValue] = []
  var faults: [XPTProblem] = []
  var problem: XPTProblem?

  init(_ bytes: [UInt8], cutEvery size: Int) {
    var reader = XPTReader()
    var reading = Self()
    let keep: (XPTReader.Event) -> Void = { reading.take($0) }
    do throws(XPTProblem) {
      var start = 0
      while start < bytes.count {
        let end = min(start + size, bytes.count)
        try reader.read(bytes[start..<end], keep)
        start = end
      }
      try reader.finish(keep)
    } catch {
      reading.problem = error
    }
    self = reading
  }

  private init() {}

  private mutating func take(_ event: XPTReader.Event) {
    switch event {
    case .member(let member): members.append(member)
    case .observation(let observation):
      guard let variables = members.last?.variables else { return }
      for variable in variables {
        do throws(XPTProblem) {
          values.append(try observation.value(of: variable))
        } catch {
          faults.append(error)
        }
      }
    }
  }
}
