CREATE TABLE "user_notes" (
	"user_id" bigint NOT NULL,
	"about_id" bigint NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "user_notes_user_id_about_id_pk" PRIMARY KEY("user_id","about_id")
);
--> statement-breakpoint
CREATE TABLE "user_status" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"emoji" text,
	"expires_at" timestamp (3) with time zone,
	"version" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "user_notes" ADD CONSTRAINT "user_notes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_notes" ADD CONSTRAINT "user_notes_about_id_users_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_status" ADD CONSTRAINT "user_status_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "user_notes_about" ON "user_notes" USING btree ("about_id");