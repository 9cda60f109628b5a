CREATE TABLE "thread_followers" (
	"user_id" bigint NOT NULL,
	"thread_id" bigint NOT NULL,
	"muted" boolean DEFAULT false NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "thread_followers_user_id_thread_id_pk" PRIMARY KEY("user_id","thread_id")
);
--> statement-breakpoint
CREATE TABLE "threads" (
	"id" bigint PRIMARY KEY NOT NULL,
	"channel_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"started_by" bigint NOT NULL,
	"replies" integer DEFAULT 0 NOT NULL,
	"people" bigint[] DEFAULT '{}' NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "threads_message" UNIQUE("channel_id","seq")
);
--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "parent_id" bigint;--> statement-breakpoint
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "thread_followers" ADD CONSTRAINT "thread_followers_thread_id_threads_id_fk" FOREIGN KEY ("thread_id") REFERENCES "public"."threads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_id_channels_id_fk" FOREIGN KEY ("id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "threads" ADD CONSTRAINT "threads_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "thread_followers_thread" ON "thread_followers" USING btree ("thread_id");--> statement-breakpoint
CREATE INDEX "threads_by_time" ON "threads" USING btree ("channel_id","last_at","id");--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_parent_id_channels_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "channels_of_guild" ON "channels" USING btree ("guild_id") WHERE "channels"."parent_id" is null;--> statement-breakpoint
CREATE INDEX "channels_parent" ON "channels" USING btree ("parent_id") WHERE "channels"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "read_states_channel" ON "read_states" USING btree ("channel_id");--> statement-breakpoint
-- Written by hand. change() as before, and a row may say how the thread on it stands (`extra`): absent, that stays as it is.
-- Writes rows that were computed from what the caller read: each names the mver that it was read at, and when one of them moved
-- since, nothing is written and `applied` is false. New details are inserted, those in `gone` deleted.
CREATE OR REPLACE FUNCTION change(ch bigint, rows jsonb, details jsonb, gone jsonb)
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
    deleted = x.deleted, reactions = x.reactions, extra = coalesce(x.extra, m.extra)
  FROM jsonb_to_recordset(rows) AS x(seq bigint, version int, body text, edited_at timestamptz, deleted boolean, reactions jsonb,
    extra jsonb)
  WHERE m.channel_id = ch AND m.seq = x.seq;
  DELETE FROM message_details d USING jsonb_to_recordset(gone) AS x(seq bigint, kind smallint, key text)
  WHERE d.channel_id = ch AND d.seq = x.seq AND d.kind = x.kind AND d.key = x.key;
  INSERT INTO message_details (channel_id, seq, kind, key, mver, body, created_at)
  SELECT ch, x.seq, x.kind, x.key, h.ver + 1, decode(x.body, 'base64'), x.created_at
  FROM jsonb_to_recordset(details) AS x(seq bigint, kind smallint, key text, body text, created_at timestamptz);
  UPDATE channel_heads c SET ver = h.ver + 1 WHERE c.channel_id = ch;
  RETURN QUERY SELECT true, h.ver + 1, h.head;
END $$;
