CREATE TABLE "last_active" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (0) with time zone
);
--> statement-breakpoint
ALTER TABLE "last_active" ADD CONSTRAINT "last_active_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;