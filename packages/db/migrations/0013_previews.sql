CREATE TABLE "link_previews" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"fetched" boolean DEFAULT false NOT NULL,
	"found" "bytea",
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preview_pictures" (
	"id" text PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preview_wants" (
	"channel_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"try_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "preview_wants_channel_id_seq_pk" PRIMARY KEY("channel_id","seq")
);
--> statement-breakpoint
ALTER TABLE "preview_wants" ADD CONSTRAINT "preview_wants_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "link_previews_until" ON "link_previews" USING btree ("until");--> statement-breakpoint
CREATE INDEX "preview_pictures_used" ON "preview_pictures" USING btree ("used_at");--> statement-breakpoint
CREATE INDEX "preview_wants_try" ON "preview_wants" USING btree ("try_at");