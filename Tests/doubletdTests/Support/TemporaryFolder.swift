import Foundation

/// A folder of a test's own, short enough for socket paths, removed with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let name = UUID().uuidString.prefix(8)
    path = FileManager.default.temporaryDirectory.path + "/dd-\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func contents(of name: String) throws -> String {
    try String(contentsOfFile: self(name), encoding: .utf8)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: self(name), atomically: false, encoding: .utf8)
  }

  func permissions(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: self(name))
    return (attributes[.posixPermissions] as? Int) ?? -1
  }

  /// 0 where there is no such file.
  func size(of name: String) throws -> Int {
    guard holds(name) else { return 0 }
    return (try FileManager.default.attributesOfItem(atPath: self(name))[.size] as? Int) ?? -1
  }

  func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self(name)) }
}
