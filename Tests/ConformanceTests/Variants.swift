import Testing

/// A small plugin that keeps every rule, and what breaks one.
enum SmallPlugin {
  static let manifest = """
    id = "x"
    version = "1.0.0"
    protocol = 1
    summary = "Counts and adds"

    [[analysis]]
    name = "count"
    summary = "Counts"
    examples = ["count 15/30"]
    [[analysis.parameter]]
    name = "responders"
    type = "ratio"
    required = true
    positional = true
    help = "Responders of patients"
    [[analysis.parameter]]
    name = "level"
    type = "probability"
    default = 0.95
    minimum = 0.5
    maximum = 0.999
    help = "Level"

    [[analysis]]
    name = "sum"
    summary = "Adds replicates"
    shards = "replicates"
    """

  static let python = """
    import os, random, time
    import doublet_plugin as doublet

    plugin = doublet.Plugin()
    kept = []
    first_run = True

    @plugin.analysis("count")
    def count(run):
        ratio = run.ratio("responders")
        level = run.probability("level")
        value = ratio.events / ratio.total
        for step in range(3):
            run.progress(step / 3)
        result = run.result()
        result.estimate("rate", "Rate", value)
        return result

    @plugin.analysis("sum")
    def whole(run):
        return run.result()

    @plugin.shard("sum")
    def part(run, first, count):
        return [run.random(replicate).random() for replicate in range(first, first + count)]

    @plugin.merge("sum")
    def joined(parts):
        result = doublet.Result("sum")
        result.estimate("sum", "Sum", sum(value for part in parts for value in part))
        return result

    if __name__ == "__main__":
        plugin.main()
    """
}

/// One rule broken: what is put in whose place, and what the examination must say of it.
struct BrokenVariant: Sendable, CustomTestStringConvertible {
  var rule: String
  var replaces: String
  var with: String
  var check: String
  /// The beginning of the sentence; what follows are paths and sizes.
  var sentence: String

  var testDescription: String { rule }

  init(_ rule: String, _ replaces: String, _ with: String, _ check: String, _ sentence: String) {
    (self.rule, self.replaces, self.with) = (rule, replaces, with)
    (self.check, self.sentence) = (check, sentence)
  }

  static let all = [
    BrokenVariant(
      "the manifest is well formed", #"type = "ratio""#, #"type = "ration""#, "manifest",
      #"type = "ration": expected one of count, integer, number, probability, ratio, duration, "#
        + #"choice, text, condition, flag; did you mean "ratio"?"#),
    BrokenVariant(
      "the greeting agrees with the manifest", "kept = []", #"plugin.manifest.version = "9.9.9""#,
      "handshake", "x was stopped: it calls itself version 9.9.9, its manifest says 1.0.0"),
    BrokenVariant(
      "only its own analyses are answered", "kept = []",
      "plugin._body = lambda bodies, name, complaint: bodies.get(name, whole)",
      "refusal.analysis", "answered for an analysis it does not have"),
    BrokenVariant(
      "an analysis with required parameters has an example", #"examples = ["count 15/30"]"#, "",
      "example.count",
      "no example of count shows how it is run, so nothing of it can be examined"),
    BrokenVariant(
      "examples run", "ratio.events / ratio.total", "ratio.events / ratio.totl",
      "example.count.1", "AttributeError: 'Ratio' object has no attribute 'totl'"),
    BrokenVariant(
      "a result is a result document", #"estimate("rate", "Rate", value)"#,
      #"document.pop("notes")"#, "example.count.1",
      #"the result is no ResultDocument: "notes" is missing"#),
    BrokenVariant(
      "the defaults run", "    return run.result()",
      #"    raise doublet.Refusal("three arms are needed")"#, "defaults.sum",
      "three arms are needed"),
    BrokenVariant(
      "a bad value is refused in its parameter's name", #"run.probability("level")"#,
      #"float(run.parameters["level"])"#, "refusal.count.level.kind",
      #"refuses level="no such value" in the name of no parameter: "#
        + "ValueError: could not convert string to float: 'no such value'"),
    BrokenVariant(
      "a value on a bound is survived", "    value = ratio",
      "    if level == 0.999: os._exit(3)\n    value = ratio", "bound.count.level.maximum",
      "level=0.999: x exited with code 3 during a run (peak memory "),
    BrokenVariant(
      "progress rises", "run.progress(step / 3)",
      #"plugin.notify("progress", {"id": run._id, "fraction": 1 - step / 4})"#,
      "progress.example.count.1", "progress falls or leaves 0 to 1: [1.0, 0.75, 0.5]"),
    BrokenVariant(
      "any split has the same result", "[run.random(replicate).random() for",
      "[run.random(first).random() for", "shards.sum", "a split changes the result"),
    BrokenVariant(
      "a cancelled run ends soon", "    result = run.result()",
      """
          global first_run
          if first_run and run._cancellation.wait(1.0):
              first_run = False
              time.sleep(2.5)
          result = run.result()
      """, "cancel", "still at work 2 s after a cancel"),
    BrokenVariant(
      "only the seed decides", "ratio.events / ratio.total", "random.random()", "determinism",
      "the same seed gives different bytes"),
    BrokenVariant(
      "runs leave nothing behind", "    result = run.result()",
      "    kept.append(b'x' * 100_000)\n    result = run.result()", "many-runs",
      "its memory grows with every run: 1000 runs; the last 900 added "),
    BrokenVariant(
      "answers go to descriptor 4", "    result = run.result()",
      "    print('{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}')\n    result = run.result()",
      "prints", #"printed what belongs on descriptor 4: {"jsonrpc":"2.0","id":1,"result":{}}"#),
    BrokenVariant(
      "it ends with its input", "kept = []", "os._exit = lambda code: time.sleep(60)", "end",
      "still there 2 s after its input closed"),
  ]
}
