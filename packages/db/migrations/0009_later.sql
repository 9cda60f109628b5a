CREATE TABLE "saved_messages" (
	"user_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"remind_at" timestamp (3) with time zone,
	"rang_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "saved_messages_user_id_channel_id_seq_pk" PRIMARY KEY("user_id","channel_id","seq")
);
--> statement-breakpoint
ALTER TABLE "saved_messages" ADD CONSTRAINT "saved_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "saved_messages_remind" ON "saved_messages" USING btree ("remind_at") WHERE "saved_messages"."remind_at" is not null;