ALTER TABLE "mentions" ADD COLUMN "parent_id" bigint;--> statement-breakpoint
-- By hand: what was written in threads until now.
UPDATE "mentions" m SET "parent_id" = t."channel_id" FROM "threads" t WHERE t."id" = m."channel_id";--> statement-breakpoint
-- By hand: and what a process from before this column writes in threads until it is replaced.
CREATE FUNCTION mention_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.parent_id := (SELECT t.channel_id FROM threads t WHERE t.id = NEW.channel_id);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER mention_place BEFORE INSERT ON mentions FOR EACH ROW WHEN (NEW.parent_id IS NULL) EXECUTE FUNCTION mention_place();--> statement-breakpoint
CREATE INDEX "mentions_time" ON "mentions" USING btree ("target_id","at","channel_id","seq");--> statement-breakpoint
CREATE INDEX "mentions_in_threads" ON "mentions" USING btree ("target_id","at") WHERE "mentions"."parent_id" is not null;