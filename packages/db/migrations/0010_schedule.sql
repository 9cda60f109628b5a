CREATE TABLE "alerts" (
	"user_id" bigint NOT NULL,
	"folded" text NOT NULL,
	"word" text NOT NULL,
	"anchor" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alerts_user_id_folded_pk" PRIMARY KEY("user_id","folded")
);
--> statement-breakpoint
CREATE TABLE "scheduled_messages" (
	"id" bigint PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"channel_id" bigint NOT NULL,
	"key" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"body" "bytea" NOT NULL,
	"reply_to" bigint,
	"send_at" timestamp (3) with time zone NOT NULL,
	"try_at" timestamp (3) with time zone,
	"begun_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"failed" text
);
--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_messages" ADD CONSTRAINT "scheduled_messages_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_anchor" ON "alerts" USING btree ("anchor");--> statement-breakpoint
CREATE UNIQUE INDEX "scheduled_messages_key" ON "scheduled_messages" USING btree ("user_id","key");--> statement-breakpoint
CREATE INDEX "scheduled_messages_time" ON "scheduled_messages" USING btree ("user_id","send_at","id");--> statement-breakpoint
CREATE INDEX "scheduled_messages_try" ON "scheduled_messages" USING btree ("try_at","id") WHERE "scheduled_messages"."try_at" is not null;