ALTER TABLE "mentions" ADD COLUMN "parent_id" bigint;--> statement-breakpoint
-- By hand: what was written in threads until now.
UPDATE "mentions" m SET "parent_id" = t."channel_id" FROM "threads" t WHERE t."id" = m."channel_id";--> statement-breakpoint
CREATE INDEX "mentions_time" ON "mentions" USING btree ("target_id","at","channel_id","seq");--> statement-breakpoint
CREATE INDEX "mentions_in_threads" ON "mentions" USING btree ("target_id","at") WHERE "mentions"."parent_id" is not null;