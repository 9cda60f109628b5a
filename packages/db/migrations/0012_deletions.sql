CREATE TABLE "deletions" (
	"channel_id" bigint PRIMARY KEY NOT NULL,
	"seqs" bigint[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deletions" ADD CONSTRAINT "deletions_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;