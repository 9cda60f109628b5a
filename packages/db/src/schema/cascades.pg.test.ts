import { testDatabase } from "@hearth/testing"
import { sql } from "drizzle-orm"
import { expect, test } from "vitest"

test("what goes with a channel or a thread is found by an index: a channel may take very many threads with it", async () => {
  await using database = await testDatabase()
  const { rows } = await database.db.execute<{ name: string }>(sql`
    select f.conname as name from pg_constraint f
    where f.contype = 'f' and f.confrelid in ('channels'::regclass, 'threads'::regclass)
      and not exists (select from pg_index i where i.indrelid = f.conrelid and i.indkey[0] = f.conkey[1])`)
  expect(rows).toEqual([])
})
