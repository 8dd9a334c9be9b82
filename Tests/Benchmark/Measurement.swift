import Glibc

/// What one conversation took.
struct Latency {
  /// Microseconds.
  let median, p99: Double

  init(_ conversation: Conversation, requests: Int) throws {
    let client = try conversation.connect()
    let clock = ContinuousClock()
    var times: [Double] = []
    times.reserveCapacity(requests)
    for number in 0..<requests {
      let request = conversation.request(number)
      let start = clock.now
      let answer = try client.roundTrip(request, until: conversation.isComplete)
      times.append((clock.now - start) / .microseconds(1))
      guard conversation.isRight(answer) else {
        throw BenchmarkFailure(
          description: "\(conversation.name) answered "
            + String(decoding: answer.prefix(200), as: UTF8.self))
      }
    }
    times.sort()
    median = times[times.count / 2]
    p99 = times[times.count * 99 / 100]
  }
}

/// Requests a second over many connections, one request at a time on each.
func throughput(
  _ conversation: Conversation, connections: Int, requests: Int
) throws -> Double {
  let clients = try (0..<connections).map { _ in try conversation.connect() }
  var answers = [[UInt8]](repeating: [], count: connections)
  var polls = clients.map { pollfd(fd: $0.file, events: Int16(POLLIN), revents: 0) }
  var sent = 0
  let clock = ContinuousClock()
  let start = clock.now
  for client in clients {
    try client.send(conversation.request(sent))
    sent += 1
  }
  var done = 0
  while done < requests {
    guard unsafe poll(&polls, nfds_t(polls.count), 10_000) > 0 else {
      throw BenchmarkFailure(description: "\(conversation.name) stopped answering")
    }
    for index in polls.indices where polls[index].revents != 0 {
      answers[index] += try clients[index].receive()
      guard conversation.isComplete(answers[index]) else { continue }
      answers[index].removeAll(keepingCapacity: true)
      done += 1
      guard sent < requests else { continue }
      try clients[index].send(conversation.request(sent))
      sent += 1
    }
  }
  return Double(done) / ((clock.now - start) / .seconds(1))
}

/// Resident memory of a process, in MiB.
func residentMemory(of pid: String) throws -> Double {
  guard let file = unsafe fopen("/proc/\(pid)/statm", "r") else {
    throw BenchmarkFailure(description: "there is no process \(pid)")
  }
  defer { unsafe fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  guard unsafe fgets(&line, 256, file) != nil else {
    throw BenchmarkFailure(description: "/proc/\(pid)/statm is empty")
  }
  let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let pages = Double(text.split(separator: " ")[1]) ?? .nan
  return pages * Double(sysconf(CInt(_SC_PAGESIZE))) / 1_048_576
}
