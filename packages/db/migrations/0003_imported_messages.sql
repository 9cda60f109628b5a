-- append() as before, and a draft of an import may say when it was written: `created_at`, with `created_id` the smallest id of that
-- millisecond. Numbers and ids rise all the same: each id is above the one before it, whatever the times say.
CREATE OR REPLACE FUNCTION append(ch bigint, at timestamptz, now_id bigint, drafts jsonb)
RETURNS TABLE (ord int, duplicate boolean, seq bigint, id bigint, mver bigint, version int, author_id bigint, nonce text, body bytea,
  body_mac bytea, created_at timestamptz, edited_at timestamptz, deleted boolean, reply_to bigint, reactions jsonb)
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE h channel_heads; n int; newest bigint;
BEGIN
  SELECT * INTO h FROM channel_heads WHERE channel_id = ch FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  WITH d AS (
    SELECT x.* FROM jsonb_to_recordset(drafts)
      AS x(ord int, author_id bigint, nonce text, body text, body_mac text, body_key int, reply_to bigint, extra jsonb,
        created_at timestamptz, created_id bigint)
    WHERE (SELECT m.seq FROM messages m WHERE m.channel_id = ch AND m.author_id = x.author_id AND m.nonce = x.nonce) IS NULL
  ), f AS (SELECT d.*, row_number() OVER (ORDER BY d.ord) AS rn FROM d),
  -- id = max(created_id, the id before + 1), without a loop: what each id would be if all after it followed directly.
  g AS (SELECT f.*, rn + greatest(h.last_id, max(coalesce(created_id, now_id) - rn) OVER (ORDER BY rn)) AS new_id FROM f),
  i AS (
    INSERT INTO messages (channel_id, seq, id, mver, author_id, nonce, body, body_mac, body_key, created_at, reply_to, extra)
    SELECT ch, h.head + rn, new_id, h.ver + 1, author_id, nonce,
      decode(body, 'base64'), decode(body_mac, 'base64'), body_key, coalesce(created_at, at), reply_to, extra FROM g
    RETURNING messages.id
  ) SELECT count(*), max(i.id) INTO n, newest FROM i;
  IF n > 0 THEN
    UPDATE channel_heads c SET head = h.head + n, ver = h.ver + 1, last_id = newest WHERE c.channel_id = ch;
  END IF;
  RETURN QUERY
    SELECT x.ord, m.seq <= h.head, m.seq, m.id, m.mver, m.version, m.author_id, m.nonce,
      CASE WHEN m.seq <= h.head THEN m.body END, CASE WHEN m.seq <= h.head THEN m.body_mac END,
      m.created_at, m.edited_at, m.deleted, m.reply_to, m.reactions
    FROM jsonb_to_recordset(drafts) AS x(ord int, author_id bigint, nonce text)
    CROSS JOIN LATERAL (
      SELECT * FROM messages WHERE channel_id = ch AND author_id = x.author_id AND nonce = x.nonce LIMIT 1
    ) m;
END $$;
