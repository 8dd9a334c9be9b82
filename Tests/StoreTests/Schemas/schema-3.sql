-- A database of schema 3, with a run that compares a data set with another.
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1-catalog-runs-audit');
INSERT INTO grdb_migrations VALUES('2-plans');
INSERT INTO grdb_migrations VALUES('3-second-data-sets');
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
INSERT INTO dataset VALUES('p011','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5.sqlite','2026-11-22T09:30:00.125Z','ada',30,'{"subject":30}','[]','[]');
INSERT INTO dataset VALUES('p007','e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6','e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6.sqlite','2026-11-22T09:30:00.125Z','ada',30,'{"subject":30}','[]','[]');
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
INSERT INTO run VALUES(1,1000,'ada','temporal-split p011 reference=dataset:p007','temporal-split','{"reference":"dataset:p007"}',NULL,'temporal-split','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','a1e7fb75f60e8662631e5d289208402fee9de4cd72c0f46e2f4a9899e37760d8','2026-11-28T23:43:35.067Z','done','2026-11-28T23:43:35.067Z','2026-11-28T23:43:35.069Z',0.5,NULL,'{"estimates":[]}');
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
INSERT INTO audit VALUES(1,'2026-11-28T23:43:35.057Z',1000,'ada','dataset.add','p011','687770dfce4b0a340d6f27a06c8c51703a84dd661b9ba669f0450cbe56b85246','0000000000000000000000000000000000000000000000000000000000000000','72d63db01e596bc62008457b59e7cea781f4f5637b07b80ea88b5643dbb5f677');
INSERT INTO audit VALUES(2,'2026-11-28T23:43:35.060Z',1000,'ada','dataset.add','p007','08334ce56a221fe3c04d3259681d3c4c47a178accd2c129f3d112f858bed2517','72d63db01e596bc62008457b59e7cea781f4f5637b07b80ea88b5643dbb5f677','02cecf1625db5f0892316c3a37fb7cb789b2b4a884e6bc422ae38c65e0d6075d');
INSERT INTO audit VALUES(3,'2026-11-28T23:43:35.067Z',1000,'ada','run.open','1','running 11698e1606ab722210a6554171900c34960ca6e8b5e4b6fa0c3f655b77300433','02cecf1625db5f0892316c3a37fb7cb789b2b4a884e6bc422ae38c65e0d6075d','69da061c3d8595c8daa23a9d51db2db2ef9ad26d13562eba72cc04ac48a5922e');
INSERT INTO audit VALUES(4,'2026-11-28T23:43:35.069Z',1000,'ada','run.close','1','done 3f5e5828e98377c8190c7ddae92cdc12f076ed3e198ce6819288175d018e2bd3','69da061c3d8595c8daa23a9d51db2db2ef9ad26d13562eba72cc04ac48a5922e','61733c3f3f5cf4cbd289d554ef3c54eb70b17a28e63c19fbc68f66ea7299fe47');
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head VALUES(1,4,'61733c3f3f5cf4cbd289d554ef3c54eb70b17a28e63c19fbc68f66ea7299fe47');
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
CREATE TABLE seen (
  sha256 TEXT NOT NULL PRIMARY KEY,
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
INSERT INTO seen VALUES('d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5',1,'2026-11-28T23:43:35.057Z');
INSERT INTO seen VALUES('e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6',2,'2026-11-28T23:43:35.060Z');
CREATE TABLE run_plan (
  run INTEGER NOT NULL PRIMARY KEY REFERENCES run(id),
  name TEXT REFERENCES plan(name),
  statement TEXT NOT NULL
) STRICT;
CREATE TABLE run_second_dataset (
  run INTEGER NOT NULL PRIMARY KEY REFERENCES run(id),
  parameter TEXT NOT NULL,
  name TEXT NOT NULL,
  dataset_hash TEXT NOT NULL
) STRICT;
INSERT INTO run_second_dataset VALUES(1,'reference','p007','e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('run',1);
CREATE INDEX dataset_hash ON dataset(hash);
CREATE TRIGGER dataset_never_changes BEFORE UPDATE ON dataset
BEGIN SELECT RAISE(ABORT, 'a data set never changes'); END;
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
CREATE TRIGGER plan_is_registered_once BEFORE INSERT ON plan
WHEN EXISTS (SELECT 1 FROM plan WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'a plan never changes'); END;
CREATE TRIGGER plan_never_changes BEFORE UPDATE ON plan
BEGIN SELECT RAISE(ABORT, 'a plan never changes'); END;
CREATE TRIGGER plan_is_kept BEFORE DELETE ON plan
BEGIN SELECT RAISE(ABORT, 'a plan is never deleted'); END;
CREATE TRIGGER seen_never_changes BEFORE UPDATE ON seen
BEGIN SELECT RAISE(ABORT, 'a first import never changes'); END;
CREATE TRIGGER seen_is_kept BEFORE DELETE ON seen
BEGIN SELECT RAISE(ABORT, 'a first import is never forgotten'); END;
CREATE INDEX run_plan_name ON run_plan(name) WHERE name IS NOT NULL;
CREATE TRIGGER run_plan_comes_first BEFORE INSERT ON run_plan
WHEN EXISTS (SELECT 1 FROM run WHERE id = NEW.run AND ended_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM run_plan WHERE run = NEW.run)
BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
CREATE TRIGGER run_plan_never_changes BEFORE UPDATE ON run_plan
BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
CREATE TRIGGER run_plan_is_kept BEFORE DELETE ON run_plan
BEGIN SELECT RAISE(ABORT, 'what a run was asked never changes'); END;
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
COMMIT;
PRAGMA application_id = 1684171892;
