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
    HEARTH_LINK_PREVIEWS: "on",
  })
  const parsed = parseEnv(right)
  expect(parsed.REDIS_URL).toBeUndefined()
  expect(parsed.CASSANDRA_CONTACT_POINTS).toBeUndefined()
  const contactPoints = ["a:9042", "b", "10.0.0.1:9042", "[::1]:9042", "fd00::1"]
  expect(
    parseEnv({ ...right, CASSANDRA_CONTACT_POINTS: ` ${contactPoints.join(", ")} ` }).CASSANDRA_CONTACT_POINTS,
  ).toEqual(contactPoints)
})

test.each([
  ["DATABASE_URL", undefined],
  ["DATABASE_URL", "mysql://x"],
  ["HEARTH_SECRET", undefined],
  ["HEARTH_SECRET", "short"],
  ["DATABASE_URL", "postgres://127.0.0.1:99999/x"],
  ["DATABASE_POOL", "1000"],
  ["REDIS_URL", "127.0.0.1:6379"],
  ["REDIS_URL", "redis://127.0.0.1:port"],
  ["CASSANDRA_CONTACT_POINTS", "a:9042,b:port"],
  ["CASSANDRA_CONTACT_POINTS", "http://a"],
  ["CASSANDRA_CONTACT_POINTS", " , "],
  ["CASSANDRA_KEYSPACE", "Hearth; drop"],
  ["HEARTH_BODY_KEYS", "1:short"],
  ["PORT", "http"],
  ["PORT", "70000"],
  ["INTERNAL_ADDRESS", "nowhere"],
  ["LOG_LEVEL", "loud"],
  ["HEARTH_LINK_PREVIEWS", "yes"],
  // It can only ever name a port of this machine.
  ["HEARTH_PREVIEW_TEST_TARGETS", "10.0.0.1:4711"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "localhost:4711"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "127.0.0.1:80"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "127.0.0.1"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "[::1]:4711"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "127.0.0.1:4711,*"],
  ["HEARTH_PREVIEW_TEST_TARGETS", "127.0.0.1:4711/x"],
])("a wrong %s is named in one sentence: %s", (name, value) => {
  expect(() => parseEnv({ ...right, [name]: value })).toThrow(new RegExp(`^${name} .*\\.$`))
})
