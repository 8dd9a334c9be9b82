import GRDB

extension Schema {
  /// Plans, what was imported when, and which run followed which plan.
  static let plans = """
    CREATE TABLE plan (
      name TEXT NOT NULL PRIMARY KEY,
      sha256 TEXT NOT NULL,
      text TEXT NOT NULL,
      title TEXT NOT NULL,
      analysis TEXT NOT NULL,
      parameters TEXT NOT NULL,
      seed TEXT,
      dataset TEXT,
      plugin_id TEXT NOT NULL,
      plugin_version TEXT NOT NULL,
      plugin_hash TEXT NOT NULL,
      registered_at TEXT NOT NULL,
      registered_by TEXT NOT NULL,
      sequence INTEGER NOT NULL UNIQUE
    ) STRICT;
    CREATE TRIGGER plan_is_registered_once BEFORE INSERT ON plan
    WHEN EXISTS (SELECT 1 FROM plan WHERE name = NEW.name)
    BEGIN SELECT RAISE(ABORT, 'a plan never changes'); END;
    CREATE TRIGGER plan_never_changes BEFORE UPDATE ON plan
    BEGIN SELECT RAISE(ABORT, 'a plan never changes'); END;
    CREATE TRIGGER plan_is_kept BEFORE DELETE ON plan
    BEGIN SELECT RAISE(ABORT, 'a plan is never deleted'); END;

    CREATE TABLE seen (
      sha256 TEXT NOT NULL PRIMARY KEY,
      sequence INTEGER NOT NULL,
      at TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER seen_never_changes BEFORE UPDATE ON seen
    BEGIN SELECT RAISE(ABORT, 'a first import never changes'); END;
    CREATE TRIGGER seen_is_kept BEFORE DELETE ON seen
    BEGIN SELECT RAISE(ABORT, 'a first import is never forgotten'); END;

    CREATE TABLE run_plan (
      run INTEGER NOT NULL PRIMARY KEY REFERENCES run(id),
      name TEXT REFERENCES plan(name),
      statement TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_plan_name ON run_plan(name) WHERE name IS NOT NULL;
    CREATE TRIGGER run_plan_comes_first BEFORE INSERT ON run_plan
    WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.run AND ended_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM run_plan WHERE run = NEW.run)
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_plan_never_changes BEFORE UPDATE ON run_plan
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_plan_is_kept BEFORE DELETE ON run_plan
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;

    """

  /// Fills in when the data sets that are there were first imported, as the audit trail has it.
  ///
  /// What was dropped before is not known any more. A data set the trail does not know counts as
  /// there from the beginning.
  static func noteImports(_ database: Database) throws {
    let datasets = try DatasetRecord.fetchAll(
      database,
      sql: """
        SELECT name, hash, file, imported_at, imported_by, subjects, tables, sources, notes
        FROM dataset
        """)
    let imports = try datasets.map { dataset in
      let sequence = try Int64.fetchOne(
        database,
        sql: """
          SELECT min(sequence) FROM audit WHERE action = 'dataset.add' AND subject = ?
          AND detail = ?
          """, arguments: [dataset.name, dataset.fingerprint])
      return (dataset, sequence ?? 0)
    }
    for (dataset, sequence) in imports.sorted(by: { $0.1 < $1.1 }) {
      try PlanTable.noteImport(
        dataset, sequence: sequence, at: dataset.importedAt.description, in: database)
    }
  }
}
