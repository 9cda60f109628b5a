-- The channel log's own functions and storage, which the schema's types cannot say. Replaced as a whole by later migrations.
ALTER TABLE channel_heads SET (fillfactor = 50);--> statement-breakpoint
-- Macs are noise, and bodies are mostly short: compressing them costs more than it saves.
ALTER TABLE messages ALTER COLUMN body_mac SET STORAGE PLAIN;--> statement-breakpoint
ALTER TABLE messages SET (autovacuum_vacuum_insert_scale_factor = 0.05);--> statement-breakpoint

-- Numbers and stores drafts [{ord, author_id, nonce, body, body_mac, reply_to}], unique by author and nonce; bytes are in base64.
-- The head row's lock is held until the commit, so the order of commits is the order of numbers. A draft whose nonce was seen
-- before answers its first row instead. No rows at all: there is no such channel.
-- Each nonce is looked up by its index: a join would be planned for a table that was still small, and read the whole channel.
CREATE FUNCTION append(ch bigint, at timestamptz, now_id bigint, drafts jsonb)
RETURNS TABLE (ord int, duplicate boolean, seq bigint, id bigint, mver bigint, version int, author_id bigint, nonce text, body bytea,
  body_mac bytea, created_at timestamptz, edited_at timestamptz, deleted boolean, reply_to bigint, reactions jsonb)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE h channel_heads; n int;
BEGIN
  SELECT * INTO h FROM channel_heads WHERE channel_id = ch FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  WITH d AS (
    SELECT x.* FROM jsonb_to_recordset(drafts)
      AS x(ord int, author_id bigint, nonce text, body text, body_mac text, body_key int, reply_to bigint, extra jsonb)
    WHERE (SELECT m.seq FROM messages m WHERE m.channel_id = ch AND m.author_id = x.author_id AND m.nonce = x.nonce) IS NULL
  ), f AS (SELECT d.*, row_number() OVER (ORDER BY d.ord) AS rn FROM d)
  INSERT INTO messages (channel_id, seq, id, mver, author_id, nonce, body, body_mac, body_key, created_at, reply_to, extra)
  SELECT ch, h.head + rn, greatest(now_id, h.last_id + 1) + rn - 1, h.ver + 1, author_id, nonce,
    decode(body, 'base64'), decode(body_mac, 'base64'), body_key, at, reply_to, extra FROM f;
  GET DIAGNOSTICS n = ROW_COUNT;
  IF n > 0 THEN
    UPDATE channel_heads c SET head = h.head + n, ver = h.ver + 1, last_id = greatest(now_id, h.last_id + 1) + n - 1
    WHERE c.channel_id = ch;
  END IF;
  RETURN QUERY
    SELECT x.ord, m.seq <= h.head, m.seq, m.id, m.mver, m.version, m.author_id, m.nonce,
      CASE WHEN m.seq <= h.head THEN m.body END, CASE WHEN m.seq <= h.head THEN m.body_mac END,
      m.created_at, m.edited_at, m.deleted, m.reply_to, m.reactions
    FROM jsonb_to_recordset(drafts) AS x(ord int, author_id bigint, nonce text)
    CROSS JOIN LATERAL (
      SELECT * FROM messages WHERE channel_id = ch AND author_id = x.author_id AND nonce = x.nonce LIMIT 1
    ) m;
END $$;--> statement-breakpoint

-- Writes rows that were computed from what the caller read: each names the mver that it was read at, and when one of them moved
-- since, nothing is written and `applied` is false. New details are inserted, those in `gone` deleted.
CREATE FUNCTION change(ch bigint, rows jsonb, details jsonb, gone jsonb)
RETURNS TABLE (applied boolean, ver bigint, head bigint)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE h channel_heads;
BEGIN
  SELECT * INTO h FROM channel_heads WHERE channel_id = ch FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF EXISTS (
    SELECT 1 FROM jsonb_to_recordset(rows) AS x(seq bigint, read_at bigint)
    LEFT JOIN messages m ON m.channel_id = ch AND m.seq = x.seq WHERE m.mver IS DISTINCT FROM x.read_at
  ) THEN
    RETURN QUERY SELECT false, h.ver, h.head;
    RETURN;
  END IF;
  UPDATE messages m SET mver = h.ver + 1, version = x.version, body = decode(x.body, 'base64'), edited_at = x.edited_at,
    deleted = x.deleted, reactions = x.reactions
  FROM jsonb_to_recordset(rows) AS x(seq bigint, version int, body text, edited_at timestamptz, deleted boolean, reactions jsonb)
  WHERE m.channel_id = ch AND m.seq = x.seq;
  DELETE FROM message_details d USING jsonb_to_recordset(gone) AS x(seq bigint, kind smallint, key text)
  WHERE d.channel_id = ch AND d.seq = x.seq AND d.kind = x.kind AND d.key = x.key;
  INSERT INTO message_details (channel_id, seq, kind, key, mver, body, created_at)
  SELECT ch, x.seq, x.kind, x.key, h.ver + 1, decode(x.body, 'base64'), x.created_at
  FROM jsonb_to_recordset(details) AS x(seq bigint, kind smallint, key text, body text, created_at timestamptz);
  UPDATE channel_heads c SET ver = h.ver + 1 WHERE c.channel_id = ch;
  RETURN QUERY SELECT true, h.ver + 1, h.head;
END $$;
