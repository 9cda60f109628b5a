CREATE TABLE "attendance" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"left_at" timestamp with time zone,
	"away" "tstzmultirange" DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;