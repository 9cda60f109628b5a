import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { requireVersion, schemaVersion } from "./schema-version.ts"

test("the versions that apps ask for are those in the folders", () => {
  const journal = JSON.parse(readFileSync(new URL("../migrations/meta/_journal.json", import.meta.url), "utf8"))
  expect(schemaVersion.postgres).toBe(journal.entries.length)
  expect(schemaVersion.cassandra).toBe(
    readdirSync(new URL("../cql", import.meta.url)).filter((f) => f.endsWith(".cql")).length,
  )
})

test("a store that is behind stops the start with a sentence, one that is ahead does not", () => {
  expect(() => requireVersion("The database", 0, 2)).toThrow("no Hearth schema yet (0 of 2 migrations)")
  expect(() => requireVersion("Cassandra", 1, 2)).toThrow("it has 1 of 2 migrations")
  requireVersion("The database", 3, 2)
})
