-- Version 1. A script is never changed once it was released: what comes later is a script of its own.
-- Times are milliseconds since 1970, days are days since 1970, lists are JSON arrays of texts.

CREATE TABLE batch (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,
    file        TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    form        TEXT NOT NULL,
    options     TEXT NOT NULL,
    created_ms  INTEGER NOT NULL,
    state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paused', 'done', 'cancelled'))
) STRICT;

-- A batch goes on with the text that it began with.
CREATE TABLE profile (
    id     INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    name   TEXT NOT NULL,
    toml   TEXT NOT NULL
) STRICT;

-- `round` counts the conversations with a tracker: a person who corrects its row begins a new one.
CREATE TABLE tracker (
    id              INTEGER PRIMARY KEY,
    batch_id        INTEGER NOT NULL REFERENCES batch (id),
    line            INTEGER NOT NULL,
    name            TEXT NOT NULL,
    device_key      TEXT NOT NULL,
    profile_id      INTEGER NOT NULL REFERENCES profile (id),
    phone           TEXT,
    iccid           TEXT,
    sim_id          TEXT,
    register        TEXT,
    settings        TEXT NOT NULL,
    round           INTEGER NOT NULL DEFAULT 0,
    standing        TEXT NOT NULL DEFAULT 'planned',
    reason          TEXT,
    sentence        TEXT NOT NULL DEFAULT '',
    done            INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    firmware_before TEXT,
    firmware_after  TEXT,
    changed_ms      INTEGER,
    UNIQUE (batch_id, device_key)
) STRICT;
CREATE INDEX tracker_line ON tracker (batch_id, line);
CREATE INDEX tracker_device ON tracker (device_key);

-- `heard` is none while the command is open.
CREATE TABLE command (
    id         INTEGER PRIMARY KEY,
    tracker_id INTEGER NOT NULL REFERENCES tracker (id),
    round      INTEGER NOT NULL,
    ord        INTEGER NOT NULL,
    step       TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    masked     TEXT NOT NULL,
    messages   INTEGER NOT NULL,
    idempotent INTEGER NOT NULL CHECK (idempotent IN (0, 1)),
    state      TEXT NOT NULL DEFAULT 'planned',
    heard      TEXT,
    shown      TEXT NOT NULL DEFAULT '[]',
    ended_ms   INTEGER,
    UNIQUE (tracker_id, round, ord)
) STRICT;

CREATE TABLE courier (
    id   INTEGER PRIMARY KEY,
    spec TEXT NOT NULL,
    imei TEXT,
    imsi TEXT
) STRICT;
-- A modem with its card is the same one on any port; what has no card is known by how it is reached.
CREATE UNIQUE INDEX courier_card ON courier (imei, imsi) WHERE imei IS NOT NULL AND imsi IS NOT NULL;
CREATE UNIQUE INDEX courier_spec ON courier (spec, ifnull(imei, ''), ifnull(imsi, ''))
    WHERE imei IS NULL OR imsi IS NULL;

-- What was never let out cannot have been taken, answered or lost on its way.
CREATE TABLE attempt (
    id           INTEGER PRIMARY KEY,
    command_id   INTEGER NOT NULL REFERENCES command (id),
    n            INTEGER NOT NULL CHECK (n > 0),
    device_key   TEXT NOT NULL,
    courier_id   INTEGER NOT NULL REFERENCES courier (id),
    why          TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state = 'handed' OR state = 'committed' OR state = 'accepted' OR state = 'answered'
                                      OR state = 'unanswered' OR state = 'unknown' OR state = 'not_sent'
                                      OR state = 'rejected' OR state = 'superseded'),
    handed_ms    INTEGER NOT NULL,
    committed_ms INTEGER,
    outcome_ms   INTEGER,
    messages     INTEGER NOT NULL DEFAULT 0,
    refs         TEXT NOT NULL DEFAULT '[]',
    code         TEXT,
    cause        TEXT,
    CHECK (committed_ms IS NOT NULL
           OR state = 'handed' OR state = 'not_sent' OR state = 'rejected' OR state = 'superseded'),
    UNIQUE (command_id, n)
) STRICT;
CREATE INDEX attempt_unknown ON attempt (device_key) WHERE state = 'unknown';

CREATE TABLE inbound (
    id          INTEGER PRIMARY KEY,
    batch_id    INTEGER NOT NULL REFERENCES batch (id),
    courier_id  INTEGER NOT NULL REFERENCES courier (id),
    tracker_id  INTEGER REFERENCES tracker (id),
    attempt_id  INTEGER REFERENCES attempt (id),
    sender_kind TEXT NOT NULL,
    sender      TEXT NOT NULL,
    sent_ms     INTEGER,
    received_ms INTEGER NOT NULL,
    text        TEXT NOT NULL,
    missing     INTEGER NOT NULL,
    print       TEXT NOT NULL,
    why_not     TEXT,
    UNIQUE (batch_id, print)
) STRICT;
CREATE INDEX inbound_attempt ON inbound (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX inbound_tracker ON inbound (tracker_id) WHERE tracker_id IS NOT NULL;

-- What came from no tracker of the batch that was at work: it may answer what another batch has sent.
CREATE TABLE stranger (
    id          INTEGER PRIMARY KEY,
    courier_id  INTEGER NOT NULL REFERENCES courier (id),
    sender_kind TEXT NOT NULL,
    sender      TEXT NOT NULL,
    sent_ms     INTEGER,
    received_ms INTEGER NOT NULL,
    text        TEXT NOT NULL,
    missing     INTEGER NOT NULL,
    print       TEXT NOT NULL,
    UNIQUE (courier_id, print)
) STRICT;

CREATE TABLE evidence (
    id         INTEGER PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    at_ms      INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    note       TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_attempt ON evidence (attempt_id);

CREATE TABLE quota (
    courier_id INTEGER NOT NULL REFERENCES courier (id),
    day        INTEGER NOT NULL,
    used       INTEGER NOT NULL,
    PRIMARY KEY (courier_id, day)
) STRICT, WITHOUT ROWID;

-- The journal's check, written with OR: for an IN of some length SQLite builds a table of its own with every write.
-- One command of a device is on its way at a time, in whatever batch.
CREATE UNIQUE INDEX one_open ON attempt (device_key) WHERE state = 'handed' OR state = 'committed' OR state = 'accepted';
-- A command that may have arrived is not sent a second time.
CREATE UNIQUE INDEX not_twice ON attempt (command_id)
    WHERE state = 'committed' OR state = 'accepted' OR state = 'answered' OR state = 'unanswered' OR state = 'unknown';
