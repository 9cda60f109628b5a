import { expect, test } from "vitest"
import { parseEnv } from "./env.ts"

const right = { DATABASE_URL: "postgres://u:p@127.0.0.1/db", HEARTH_SECRET: "x".repeat(32) }

test("what is left out has its default, and empty is left out", () => {
  expect(parseEnv({ ...right, REDIS_URL: "", CASSANDRA_CONTACT_POINTS: "" })).toMatchObject({
    PORT: 7000,
    HOST: "127.0.0.1",
    HEARTH_PREFIX: "hearth",
    CASSANDRA_KEYSPACE: "hearth",
    LOG_LEVEL: "info",
  })
  const parsed = parseEnv(right)
  expect(parsed.REDIS_URL).toBeUndefined()
  expect(parsed.CASSANDRA_CONTACT_POINTS).toBeUndefined()
  expect(parseEnv({ ...right, CASSANDRA_CONTACT_POINTS: " a:9042, b " }).CASSANDRA_CONTACT_POINTS).toEqual([
    "a:9042",
    "b",
  ])
})

test.each([
  ["DATABASE_URL", undefined],
  ["DATABASE_URL", "mysql://x"],
  ["HEARTH_SECRET", undefined],
  ["HEARTH_SECRET", "short"],
  ["REDIS_URL", "127.0.0.1:6379"],
  ["CASSANDRA_CONTACT_POINTS", " , "],
  ["CASSANDRA_KEYSPACE", "Hearth; drop"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["INTERNAL_ADDRESS", "nowhere"],
  ["LOG_LEVEL", "loud"],
])("a wrong %s is named in one sentence: %s", (name, value) => {
  expect(() => parseEnv({ ...right, [name]: value })).toThrow(new RegExp(`^${name} .*\\.$`))
})
