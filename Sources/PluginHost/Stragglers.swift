import CLinux
import Glibc

/// Processes a plugin started that left its process group, and so do not end with it.
///
/// They are known by the working folder in their environment, which no other process has. One that
/// has cleared its environment is not found.
struct Stragglers {
  /// More generations than one that starts another at every look would need to be outrun.
  private static let maximumLooks = 100

  private let mark: [UInt8]

  /// Those of the process that had this working folder.
  init(folder: String) { mark = Array("TMPDIR=\(folder)".utf8) }

  /// Kills them, and what they start meanwhile.
  func end() {
    for _ in 0..<Self.maximumLooks {
      guard endOnce() else { return }
    }
  }

  /// Whether there were any.
  private func endOnce() -> Bool {
    guard let folder = unsafe opendir("/proc") else { return false }
    defer { unsafe closedir(folder) }
    var found = false
    while let entry = unsafe readdir(folder) {
      guard let process = unsafe Self.processID(entry) else { continue }
      // The descriptor first: what is read afterward is of the process it stands for.
      let descriptor = clinux_process_descriptor(process)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      guard isMarked(process) else { continue }
      found = clinux_signal_process(descriptor, SIGKILL) == 0 || found
    }
    return found
  }

  private static func processID(_ entry: UnsafeMutablePointer<dirent>) -> pid_t? {
    unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { text in
        let id = unsafe strtol(text, nil, 10)
        return id > 0 ? pid_t(id) : nil
      }
    }
  }

  /// Whether a process has the mark in its environment; one that has ended has none.
  private func isMarked(_ process: pid_t) -> Bool {
    guard let bytes = OperatingSystem.readBytes("/proc/\(process)/environ") else { return false }
    return bytes.split(separator: 0).contains { $0.elementsEqual(mark) }
  }
}
