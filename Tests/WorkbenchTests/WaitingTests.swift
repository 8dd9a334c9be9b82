import Testing

@testable import Workbench

@Suite(.timeLimit(.minutes(1)))
struct WaitingTests {
  @Test func aGateLetsEveryoneThroughOnceItIsOpen() async {
    let gate = Gate()
    await withTaskGroup(of: Gate.Passage.self) { group in
      for _ in 1...20 { group.addTask { await gate.wait() } }
      group.addTask { await gate.wait(for: .seconds(600)) }
      gate.open()
      for await passage in group { #expect(passage == .opened) }
    }
    #expect(gate.isOpen)
    #expect(await gate.wait() == .opened)
    #expect(await gate.wait(for: .zero) == .opened)
  }

  @Test func aGateThatStaysShutIsLeft() async {
    let gate = Gate()
    #expect(await gate.wait(for: .milliseconds(1)) == .timedOut)
    let task = Task { await gate.wait() }
    task.cancel()
    #expect(await task.value == .cancelled)
    let late = Task {
      while !Task.isCancelled { await Task.yield() }
      return await gate.wait()
    }
    late.cancel()
    #expect(await late.value == .cancelled)
    #expect(!gate.isOpen)
  }

  @Test func neverMoreThanTheSlotsAndNoneLost() async {
    let slots = RunSlots(3)
    let counter = Counter()
    await withTaskGroup(of: Void.self) { group in
      for number in 1...200 {
        group.addTask {
          let task = Task {
            await slots.with {
              await counter.enter()
              await Task.yield()
              await counter.leave()
            }
          }
          if number.isMultiple(of: 3) { task.cancel() }
          _ = await task.value
        }
      }
    }
    #expect(await counter.most <= 3)
    #expect(await counter.inside == 0)
    #expect(slots.waiting == 0)
    // All three places are still there.
    for _ in 1...3 { #expect(await slots.take()) }
    let fourth = Task { await slots.take() }
    fourth.cancel()
    #expect(await !fourth.value)
  }

  @Test func placesAreGivenInOrder() async {
    let slots = RunSlots(1)
    #expect(await slots.take())
    let order = Counter()
    var tasks: [Task<Void, Never>] = []
    for number in 1...5 {
      tasks.append(
        Task {
          _ = await slots.take()
          await order.note(number)
          slots.giveBack()
        })
      while slots.waiting < number { await Task.yield() }
    }
    slots.giveBack()
    for task in tasks { await task.value }
    #expect(await order.notes == [1, 2, 3, 4, 5])
  }
}

private actor Counter {
  private(set) var inside = 0
  private(set) var most = 0
  private(set) var notes: [Int] = []

  func enter() {
    inside += 1
    most = max(most, inside)
  }

  func leave() { inside -= 1 }

  func note(_ number: Int) { notes.append(number) }
}
