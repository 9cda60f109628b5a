CREATE TABLE "pins" (
	"channel_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"pinned_by" bigint,
	"pinned_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pins_channel_id_seq_pk" PRIMARY KEY("channel_id","seq")
);
--> statement-breakpoint
ALTER TABLE "pins" ADD CONSTRAINT "pins_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pins" ADD CONSTRAINT "pins_pinned_by_users_id_fk" FOREIGN KEY ("pinned_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;