CREATE TABLE "receipt_rules" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"shown" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"conversation_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	"since" integer DEFAULT 0 NOT NULL,
	"delivered" integer NOT NULL,
	"read" integer NOT NULL,
	CONSTRAINT "receipts_conversation_id_user_id_pk" PRIMARY KEY("conversation_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "receipt_rules" ADD CONSTRAINT "receipt_rules_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_member" FOREIGN KEY ("user_id","conversation_id") REFERENCES "public"."conversation_members"("user_id","conversation_id") ON DELETE cascade ON UPDATE no action;