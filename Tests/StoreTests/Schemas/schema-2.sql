-- A database of schema 2, with a plan that was registered before its data set was imported.
BEGIN TRANSACTION;
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
INSERT INTO "audit" VALUES(1,'2026-11-22T09:30:00.125Z',1000,'ada','plan','primary','c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3 b7887dc014e8fc70e24bd0e2b440434f6f870435c6641c227db9bb54c1378015','0000000000000000000000000000000000000000000000000000000000000000','e38c53e3f32e765ffbf2ed736fa618c1e16d38fc3e7c399701399c9d0d1e706c');
INSERT INTO "audit" VALUES(2,'2026-11-22T09:30:00.125Z',1000,'ada','dataset.add','p011','4991b51d9c2c050ff275aca1cef64a88f24fffcc666f27582dfe134855259d56','e38c53e3f32e765ffbf2ed736fa618c1e16d38fc3e7c399701399c9d0d1e706c','12264715e6fa06c8b3de5efce5b8a085ec325ee1715dd399c4c2f8e30da10cc2');
INSERT INTO "audit" VALUES(3,'2026-11-22T09:30:00.125Z',1000,'ada','run.open','1','running 670493ac32e10cc8c5dc25f3667aed3459b1cd7b1ccd2c573d145e6846a25115','12264715e6fa06c8b3de5efce5b8a085ec325ee1715dd399c4c2f8e30da10cc2','2a3a10208063846fc3160fbd7296969231ac11c0d3d2937ca9204c9209af28bb');
INSERT INTO "audit" VALUES(4,'2026-11-22T09:30:00.125Z',1000,'ada','run.close','1','done 3e8e6cc013e9afac7949a60754325ebe482aace78e44bd434495766d933f05c8','2a3a10208063846fc3160fbd7296969231ac11c0d3d2937ca9204c9209af28bb','698333766f31c02d1cb661a82da3c7e0a61badcb456d39785fce67f8f353a29e');
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO "audit_head" VALUES(1,4,'698333766f31c02d1cb661a82da3c7e0a61badcb456d39785fce67f8f353a29e');
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
INSERT INTO "dataset" VALUES('p011','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5.sqlite','2026-11-22T09:30:00.125Z','ada',30,'{"subject":30}','[{"name":"subject.csv","sha256":"e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6"}]','[]');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1-catalog-runs-audit');
INSERT INTO "grdb_migrations" VALUES('2-plans');
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
INSERT INTO "plan" VALUES('primary','c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3','title = "ORR"
','ORR','response-rate','{"level":0.95}',NULL,'p011','response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','2026-11-22T09:30:00.125Z','ada',1);
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
INSERT INTO "run" VALUES(1,1000,'ada','response-rate 15/30 control=0.25','response-rate','{"control":0.25,"count":"15/30"}',NULL,'response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','cba300d4623d24617c2f681a1c6c8a3550c750b0f96a00785b064f361161653c','2026-11-22T09:30:00.125Z','done','2026-11-22T09:30:00.125Z','2026-11-22T09:30:00.125Z',0.1,NULL,'{"estimates":[{"value":0.5}]}');
CREATE TABLE run_plan (
  run INTEGER NOT NULL PRIMARY KEY REFERENCES run(id),
  name TEXT REFERENCES plan(name),
  statement TEXT NOT NULL
) STRICT;
INSERT INTO "run_plan" VALUES(1,'primary','{"status":"planned"}');
CREATE TABLE seen (
  sha256 TEXT NOT NULL PRIMARY KEY,
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT;
INSERT INTO "seen" VALUES('d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5',2,'2026-11-22T09:30:00.125Z');
INSERT INTO "seen" VALUES('e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6e6',2,'2026-11-22T09:30:00.125Z');
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',1);
COMMIT;
PRAGMA application_id = 1684171892;
