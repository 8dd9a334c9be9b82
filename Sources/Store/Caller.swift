/// Who asked for a change: the account behind a connection, or the daemon itself.
package struct Caller: Sendable, Hashable {
  package var uid: UInt32
  package var user: String

  package init(uid: UInt32, user: String) {
    self.uid = uid
    self.user = user
  }
}
