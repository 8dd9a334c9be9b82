import ClientProtocol
import Testing

struct LocationsTests {
  @Test func followsTheBaseDirectoryRules() throws {
    let locations = try #require(
      Locations(environment: [
        "HOME": "/home/ada", "XDG_DATA_HOME": "/d", "XDG_CONFIG_HOME": "/c",
        "XDG_STATE_HOME": "/s", "XDG_RUNTIME_DIR": "/run/user/1000",
      ]))
    #expect(locations.socket == "/run/user/1000/doublet/doublet.sock")
    #expect(locations.data == "/d/doublet")
    #expect(locations.settings == "/c/doublet/doublet.toml")
    #expect(locations.history == "/s/doublet/history")
    #expect(locations.startupCommands == "/home/ada/.doubletrc")
  }

  @Test func fallsBackOnTheHomeFolder() throws {
    let locations = try #require(
      Locations(environment: ["HOME": "/home/ada", "XDG_DATA_HOME": "relative"]))
    #expect(locations.socket == "/home/ada/.doublet/doublet.sock")
    #expect(locations.data == "/home/ada/.local/share/doublet")
    #expect(locations.settings == "/home/ada/.config/doublet/doublet.toml")
    #expect(locations.history == "/home/ada/.local/state/doublet/history")
  }

  @Test(arguments: [[:], ["HOME": "relative"], ["XDG_DATA_HOME": "/d"]] as [[String: String]])
  func needsSomewhere(_ environment: [String: String]) {
    #expect(Locations(environment: environment) == nil)
  }
}
