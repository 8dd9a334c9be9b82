-- A database of schema 1, as Doublet 1 left it after a crash with run 4 open.
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
INSERT INTO "audit" VALUES(1,'2026-11-22T09:30:00.125Z',1000,'ada','dataset.add','p011','059fefa233b1a6926affcd019fe9d82574b304dd25e9453d09df5ef01bcef685','0000000000000000000000000000000000000000000000000000000000000000','abeb275c9a24c7fa258fe540e474cd8119e56c83ac377fa61341416a5281c1a2');
INSERT INTO "audit" VALUES(2,'2026-11-22T09:30:00.125Z',1000,'ada','dataset.add','again','423b4bf41e7065ef681aa2728b15460d52ea9ba49c2abfc910ba59ceafe2d5dc','abeb275c9a24c7fa258fe540e474cd8119e56c83ac377fa61341416a5281c1a2','2f786c0fec7aec1ee6ec70a3aa4a4592fefd8f44f2ded5ae7b66316bbc933d44');
INSERT INTO "audit" VALUES(3,'2026-11-22T09:30:00.125Z',1000,'ada','run.open','1','running a1bb423fc8e235db8453f3e9e946ffb62bdda400d29f32fa1ca9fcf26a359354','2f786c0fec7aec1ee6ec70a3aa4a4592fefd8f44f2ded5ae7b66316bbc933d44','a87bc18e6b313b82e7b6d0d3da3ef8a79a1b5fae6679e4d0203e9dca8403700c');
INSERT INTO "audit" VALUES(4,'2026-11-22T09:30:00.125Z',1000,'ada','run.close','1','done 3e8e6cc013e9afac7949a60754325ebe482aace78e44bd434495766d933f05c8','a87bc18e6b313b82e7b6d0d3da3ef8a79a1b5fae6679e4d0203e9dca8403700c','a6d31d32fb99032b35e33f717aabf570897ac449ebdca4475b12b28806fc9832');
INSERT INTO "audit" VALUES(5,'2026-11-22T09:30:00.125Z',1000,'ada','run.open','2','queued 14188cad5709fa48889364a4850ff56af62a3f6d4ce3b1f1eb3fb5366510a7df','a6d31d32fb99032b35e33f717aabf570897ac449ebdca4475b12b28806fc9832','df18a45cfe5c68d9ee654e921a801a50266dcb3b11d57863fb15deb94ca12f9c');
INSERT INTO "audit" VALUES(6,'2026-11-22T09:30:00.125Z',1000,'ada','run.start','2','','df18a45cfe5c68d9ee654e921a801a50266dcb3b11d57863fb15deb94ca12f9c','2f07b596711962f84e52f6dc5e82aa81c5f9460166fea8a5ccbf611cf5a966f1');
INSERT INTO "audit" VALUES(7,'2026-11-22T09:30:00.125Z',1000,'ada','run.close','2','refused fd6386993f95871809925564440e79aa5d680c563ce0256a89e37ef2c98e27c1','2f07b596711962f84e52f6dc5e82aa81c5f9460166fea8a5ccbf611cf5a966f1','f31e3fdebebefcad636849711b518a5114ba929f8fc1be716a153a5597a2efff');
INSERT INTO "audit" VALUES(8,'2026-11-22T09:30:00.125Z',1000,'ada','run.open','3','queued b187b6aecbd6d8986d52ed65988ac2f9d3d128fd7945b0a93a38235cad941384','f31e3fdebebefcad636849711b518a5114ba929f8fc1be716a153a5597a2efff','3faa9a48338e80623c91e158a7c3d177132307db5701281129312e5ac334c0e9');
INSERT INTO "audit" VALUES(9,'2026-11-22T09:30:00.125Z',1000,'ada','run.close','3','cancelled 8ca96ff3ca56c3b10c7fe979b9e51786704040a6924c33e86b7af7d09015c971','3faa9a48338e80623c91e158a7c3d177132307db5701281129312e5ac334c0e9','3641dc3795e2427366a884eda6f145e7098e86f113e42977083b3297036c7013');
INSERT INTO "audit" VALUES(10,'2026-11-22T09:30:00.125Z',1000,'ada','run.answer','1','','3641dc3795e2427366a884eda6f145e7098e86f113e42977083b3297036c7013','1664620a06b56073f634b63ec261802a9521e7bb7c7a2b6a04dc3f76597a313c');
INSERT INTO "audit" VALUES(11,'2026-11-22T09:30:00.125Z',1000,'ada','dataset.drop','again','423b4bf41e7065ef681aa2728b15460d52ea9ba49c2abfc910ba59ceafe2d5dc','1664620a06b56073f634b63ec261802a9521e7bb7c7a2b6a04dc3f76597a313c','dc9a5368e191e975ac0f10326a3d87acb93b44efaee275d98750650e43e3a42a');
INSERT INTO "audit" VALUES(12,'2026-11-22T09:30:00.125Z',1000,'ada','plan','plan.txt','00ff','dc9a5368e191e975ac0f10326a3d87acb93b44efaee275d98750650e43e3a42a','b1acc6285aebcb1f7e11f2787e36f3bef8eafc026ff34cddb13a545666d9bcd7');
INSERT INTO "audit" VALUES(13,'2026-11-22T09:30:00.125Z',1000,'ada','setting','conventions','sas','b1acc6285aebcb1f7e11f2787e36f3bef8eafc026ff34cddb13a545666d9bcd7','aa44b8c0d4dc11210eb44efafa09055d9aac33df17ce324171617086bff9a1c4');
INSERT INTO "audit" VALUES(14,'2026-11-22T09:30:00.125Z',1000,'ada','event','selfcheck','12 cases','aa44b8c0d4dc11210eb44efafa09055d9aac33df17ce324171617086bff9a1c4','5afbe0432c8156f437b676702875f35adafabdd579c69da88da157d527fb8e4e');
INSERT INTO "audit" VALUES(15,'2026-11-22T09:30:00.125Z',1000,'ada','run.open','4','running ae74f80b4faa6db0e2dbb5b5b450d65a364023ba18f7debdf942e4acc1819f42','5afbe0432c8156f437b676702875f35adafabdd579c69da88da157d527fb8e4e','75bddf9c66f6f9032849ce976c7087ccaeb12de17dd6678d09ff3efcab3d8f63');
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO "audit_head" VALUES(1,15,'75bddf9c66f6f9032849ce976c7087ccaeb12de17dd6678d09ff3efcab3d8f63');
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
INSERT INTO "dataset" VALUES('p011','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5.sqlite','2026-11-22T09:30:00.125Z','ada',30,'{"subject":30}','[]','["régression"]');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1-catalog-runs-audit');
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
INSERT INTO "run" VALUES(1,1000,'ada','response-rate 15/30 control=0.25','response-rate','{"control":0.25,"count":"15/30"}',NULL,'response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1','d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5','01e26e58e660fa49581b63178c75251e9576e8f00892700d2d1728e809d54cd7','2026-11-22T09:30:00.125Z','done','2026-11-22T09:30:00.125Z','2026-11-22T09:30:00.125Z',0.1,NULL,'{"estimates":[{"value":0.5}]}');
INSERT INTO "run" VALUES(2,1000,'ada','response-rate 15/30 control=0.25','response-rate','{"control":0.25,"count":"15/30"}','18446744073709551615','response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',NULL,'0ec827e17b7cad9219c4f2adfdf73119bf6bc452bb57bb2d0e70944735188955','2026-11-22T09:30:00.125Z','refused','2026-11-22T09:30:00.125Z','2026-11-22T09:30:00.125Z',0.25,'{"code":"impossible"}',NULL);
INSERT INTO "run" VALUES(3,1000,'ada','response-rate 15/30 control=0.25','response-rate','{"control":0.25,"count":"15/30"}','2','response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',NULL,'7c3da310fa60e1030a921d27964fb6556c0fb0e13cd2d62ecaa506cbb74e2fb9','2026-11-22T09:30:00.125Z','cancelled',NULL,'2026-11-22T09:30:00.125Z',NULL,NULL,NULL);
INSERT INTO "run" VALUES(4,1000,'ada','response-rate 15/30 control=0.25','response-rate','{"control":0.25,"count":"15/30"}','3','response-rate','1.0.0','a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',NULL,'9709adfea1f1cf7f76a64958c9b97b11e48f4603d1832cb2f3e218e041301e5b','2026-11-22T09:30:00.125Z','running','2026-11-22T09:30:00.125Z',NULL,NULL,NULL,NULL);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',4);
COMMIT;
PRAGMA application_id = 1684171892;
