CREATE TABLE "mentions" (
	"target_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"author_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "mentions_target_id_channel_id_seq_pk" PRIMARY KEY("target_id","channel_id","seq")
);
--> statement-breakpoint
ALTER TABLE "consumer_cursor" ADD COLUMN "from_seq" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "consumer_cursor" ADD COLUMN "marks" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "mentions" ADD CONSTRAINT "mentions_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mentions_message" ON "mentions" USING btree ("channel_id","seq");--> statement-breakpoint
-- By hand: what was written before there were mentions is not read again. Channels that come later have no row and begin at 1.
INSERT INTO "consumer_cursor" ("consumer", "channel_id", "seq", "from_seq")
SELECT 'mentions', c."id", s."seq", s."seq" + 1 FROM "channels" c
LEFT JOIN "channel_heads" h ON h."channel_id" = c."id"
CROSS JOIN LATERAL (SELECT greatest(c."last_seq", coalesce(h."head", 0)) AS "seq") s
ON CONFLICT DO NOTHING;
