func events(_ count: Int) -> String { count == 1 ? "1 event" : "\(count) events" }
