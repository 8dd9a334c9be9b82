import GRDB

/// The tables, as a list of steps that only ever grows.
///
/// The schema does not trust the code above it: a closed run never changes, an audit row never
/// changes, a cited data set stays.
enum Schema {
  /// "dblt", which tells our file from another program's.
  static let applicationID: Int32 = 0x6462_6C74

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1-catalog-runs-audit") { database in
      try database.execute(sql: catalog + runs + audit)
      try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    migrator.registerMigration("2-plans") { database in
      try database.execute(sql: plans)
      try noteImports(database)
    }
    migrator.registerMigration("3-second-data-sets") { database in
      try database.execute(sql: secondDatasets)
    }
    return migrator
  }

  private static let catalog = """
    CREATE TABLE dataset (
      name TEXT NOT NULL PRIMARY KEY,
      hash TEXT NOT NULL,
      file TEXT NOT NULL,
      imported_at TEXT NOT NULL,
      imported_by TEXT NOT NULL,
      subjects INTEGER NOT NULL,
      tables TEXT NOT NULL,
      sources TEXT NOT NULL,
      notes TEXT NOT NULL
    ) STRICT;
    CREATE INDEX dataset_hash ON dataset(hash);
    CREATE TRIGGER dataset_never_changes BEFORE UPDATE ON dataset
    BEGIN SELECT RAISE(ABORT, 'a data set never changes'); END;

    """

  /// The result comes last, so that a list of runs does not read through it.
  private static let runs = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uid INTEGER NOT NULL,
      user TEXT NOT NULL,
      command TEXT NOT NULL,
      analysis TEXT NOT NULL,
      parameters TEXT NOT NULL,
      seed TEXT,
      plugin_id TEXT NOT NULL,
      plugin_version TEXT NOT NULL,
      plugin_hash TEXT NOT NULL,
      dataset_hash TEXT,
      request_key TEXT NOT NULL,
      created_at TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('queued', 'running', 'done', 'failed', 'refused', 'cancelled', 'interrupted')),
      started_at TEXT,
      ended_at TEXT,
      seconds REAL,
      error TEXT,
      result TEXT,
      CHECK ((ended_at IS NULL) = (state IN ('queued', 'running'))),
      CHECK ((result IS NOT NULL) = (state = 'done')),
      CHECK (started_at IS NOT NULL OR state <> 'running')
    ) STRICT;
    CREATE INDEX run_answer ON run(request_key, id) WHERE state = 'done';
    CREATE INDEX run_state ON run(state, id);
    CREATE INDEX run_dataset ON run(dataset_hash) WHERE dataset_hash IS NOT NULL;

    CREATE TRIGGER run_has_its_dataset BEFORE INSERT ON run
    WHEN NEW.dataset_hash IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM dataset WHERE hash = NEW.dataset_hash)
    BEGIN SELECT RAISE(ABORT, 'the data set is gone'); END;
    CREATE TRIGGER run_keeps_its_dataset BEFORE DELETE ON dataset
    WHEN EXISTS (SELECT 1 FROM run WHERE dataset_hash = OLD.hash)
      AND NOT EXISTS (SELECT 1 FROM dataset WHERE hash = OLD.hash AND name <> OLD.name)
    BEGIN SELECT RAISE(ABORT, 'a run cites the data set'); END;
    CREATE TRIGGER run_is_asked_once BEFORE UPDATE OF id, uid, user, command, analysis, parameters,
      seed, plugin_id, plugin_version, plugin_hash, dataset_hash, request_key, created_at ON run
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_ends_once BEFORE UPDATE ON run
    WHEN OLD.ended_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a closed run never changes'); END;
    CREATE TRIGGER run_is_kept BEFORE DELETE ON run
    BEGIN SELECT RAISE(ABORT, 'a run is never deleted'); END;

    """

  /// The checks before INSERT also stop INSERT OR REPLACE, which fires no DELETE trigger.
  private static let audit = """
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      uid INTEGER NOT NULL,
      user TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE audit_head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      sequence INTEGER NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    INSERT INTO audit_head VALUES (1, 0, '\(String(repeating: "0", count: 64))');

    CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
    WHEN NOT EXISTS (SELECT 1 FROM audit_head
      WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous)
    BEGIN SELECT RAISE(ABORT, 'the audit trail grows at its end only'); END;
    CREATE TRIGGER audit_moves_its_head AFTER INSERT ON audit
    BEGIN UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash; END;
    CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END;
    CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END;

    """
}
