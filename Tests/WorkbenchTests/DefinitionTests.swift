import ClientProtocol
import JSON
import PluginProtocol
import Store
import Testing

@testable import Workbench

/// Parameters that name declarative plugins.
struct DefinitionTests {
  private func manifest(dose: Int, kind: String = "agent") -> String {
    """
    id = "imp"
    version = "1.0.0"
    protocol = 1
    summary = "An agent"
    engine = "echo"
    [definition]
    kind = "\(kind)"
    dose = \(dose)
    """
  }

  @Test func theDefinitionOfTheNamedPluginTravelsWithTheRun() async throws {
    try await Bench.with { (bench) async throws in
      #expect(
        try await bench.session.refusal("echo 15/30 agent=imp")
          == CommandFailure(
            .invalidParameter, "agent cannot be imp", at: 17..<20, parameter: "agent",
            expected: "an installed agent; plugins lists them"))
      try bench.folder.write("plugins/imp/plugin.toml", manifest(dose: 2))
      try await bench.session.say("plugins reload")
      let first = try await bench.session.say("echo 15/30 agent=imp")
      #expect(first["notes"]?.array?.last?["text"] == #"{"dose":2,"kind":"agent"}"#)
      #expect(try await bench.session.say("echo 15/30 agent=imp")["run"]?["stored"] == true)
      #expect(
        try await bench.session.refusal("echo 15/30 agent=ipm")
          == CommandFailure(
            .invalidParameter, "agent cannot be ipm", at: 17..<20, parameter: "agent",
            expected: "an installed agent, one of imp; plugins lists them", nearest: "imp"))

      // Another definition is another question, under whatever name.
      try bench.folder.write("plugins/imp/plugin.toml", manifest(dose: 3))
      try await bench.session.say("plugins reload")
      let changed = try await bench.session.say("echo 15/30 agent=imp")
      #expect(changed["run"]?["stored"] == false)
      #expect(changed["notes"]?.array?.last?["text"] == #"{"dose":3,"kind":"agent"}"#)
      let hashes = try [1, 2].map { try bench.store.run(.init(number: $0))?.request.pluginHash }
      #expect(hashes[0] != hashes[1])

      try bench.folder.write("plugins/imp/plugin.toml", manifest(dose: 3, kind: "backbone"))
      try await bench.session.say("plugins reload")
      #expect(
        try await bench.session.refusal("echo 15/30 agent=imp").message == "agent cannot be imp")
    }
  }

  @Test func completionOffersTheNames() async throws {
    try await Bench.with { (bench) async throws in
      try bench.folder.write("plugins/imp/plugin.toml", manifest(dose: 2))
      try await bench.session.say("plugins reload")
      let catalog = try await bench.session.ask(.catalog)
      let echo = catalog["commands"]?.array?.first { $0["name"] == "echo" }
      let agent = echo?["parameters"]?.array?.first { $0["name"] == "agent" }
      #expect(agent?["choices"] == ["imp"])
    }
  }
}
