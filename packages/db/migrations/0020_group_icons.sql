CREATE TABLE "dropped_files" (
	"key" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "icon" text;--> statement-breakpoint
CREATE INDEX "dropped_files_at" ON "dropped_files" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_icon" ON "conversations" USING btree ("icon");--> statement-breakpoint
-- By hand: a picture that a group lets go of, however it does, is dropped with the same commit.
CREATE FUNCTION drop_icon() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO dropped_files (key, at) VALUES (OLD.icon, now()) ON CONFLICT (key) DO UPDATE SET at = now();
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER icon_changed AFTER UPDATE OF icon ON conversations FOR EACH ROW
  WHEN (OLD.icon IS NOT NULL AND OLD.icon IS DISTINCT FROM NEW.icon) EXECUTE FUNCTION drop_icon();--> statement-breakpoint
CREATE TRIGGER icon_gone AFTER DELETE ON conversations FOR EACH ROW
  WHEN (OLD.icon IS NOT NULL) EXECUTE FUNCTION drop_icon();
