extension Schema {
  /// The data set a run reads beside its own, as well guarded as that.
  static let secondDatasets = """
    CREATE TABLE run_second_dataset (
      run INTEGER NOT NULL PRIMARY KEY REFERENCES run(id),
      parameter TEXT NOT NULL,
      name TEXT NOT NULL,
      dataset_hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX run_second_dataset_hash ON run_second_dataset(dataset_hash);
    CREATE TRIGGER run_second_dataset_comes_first BEFORE INSERT ON run_second_dataset
    WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.run AND ended_at IS NOT NULL)
      OR EXISTS (SELECT 1 FROM run_second_dataset WHERE run = NEW.run)
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_second_dataset_is_there BEFORE INSERT ON run_second_dataset
    WHEN NOT EXISTS (SELECT 1 FROM dataset WHERE hash = NEW.dataset_hash)
    BEGIN SELECT RAISE(ABORT, 'the data set is gone'); END;
    CREATE TRIGGER run_second_dataset_never_changes BEFORE UPDATE ON run_second_dataset
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_second_dataset_is_kept BEFORE DELETE ON run_second_dataset
    BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
    CREATE TRIGGER run_keeps_its_second_dataset BEFORE DELETE ON dataset
    WHEN EXISTS (SELECT 1 FROM run_second_dataset WHERE dataset_hash = OLD.hash)
      AND NOT EXISTS (SELECT 1 FROM dataset WHERE hash = OLD.hash AND name <> OLD.name)
    BEGIN SELECT RAISE(ABORT, 'a run cites the data set'); END;

    """
}
