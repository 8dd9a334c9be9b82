import Glibc

/// Accounts of this machine.
package enum Account {
  package static var ownUID: UInt32 { geteuid() }

  /// The name of an account, or its number where it has none.
  package static func name(of uid: UInt32) -> String {
    var entry = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>? = nil
    var buffer = [CChar](repeating: 0, count: 16_384)
    let name: String? = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress,
        unsafe getpwuid_r(uid, &entry, start, buffer.count, &found) == 0, unsafe found != nil,
        let name = unsafe entry.pw_name
      else { return nil }
      return unsafe String(cString: name)
    }
    return name ?? String(uid)
  }
}
