import { describe, expect, it } from "vitest"
import { parseEnv } from "./env.ts"

const good = { DATABASE_URL: "postgres://127.0.0.1/hearth", HEARTH_SECRET: "x".repeat(32), FILES_DIR: "/files" }

describe("the environment of the web app", () => {
  it("is small by default", () => {
    expect(parseEnv(good)).toMatchObject({ LOG_LEVEL: "info", CASSANDRA_KEYSPACE: "hearth", RATE_LIMIT_SCALE: 1 })
    expect(parseEnv({ ...good, REDIS_URL: "" }).REDIS_URL).toBeUndefined()
  })
  it("turns parts on by naming them", () => {
    expect(parseEnv({ ...good, CASSANDRA_CONTACT_POINTS: "a:9042, b" }).CASSANDRA_CONTACT_POINTS).toEqual([
      "a:9042",
      "b",
    ])
  })
  it("has a gallery only where one is asked for", () => {
    expect(parseEnv(good).HEARTH_GALLERY).toBe(false)
    expect(parseEnv({ ...good, HEARTH_GALLERY: "1" }).HEARTH_GALLERY).toBe(true)
  })
  it.each([
    [{ DATABASE_URL: undefined }, "DATABASE_URL is missing."],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL is not a postgres:// address."],
    [{ HEARTH_SECRET: "" }, "HEARTH_SECRET is missing."],
    [{ HEARTH_SECRET: "short" }, "HEARTH_SECRET has fewer than 32 characters."],
    [{ REDIS_URL: "localhost:6379" }, "REDIS_URL is not a redis:// address."],
    [{ REDIS_URL: "redis://127.0.0.1:port" }, "REDIS_URL is not a redis:// address."],
    [{ CASSANDRA_CONTACT_POINTS: "a:port" }, "CASSANDRA_CONTACT_POINTS is not host[:port], by commas."],
    [{ DATABASE_POOL: "1000" }, "DATABASE_POOL is more than 200."],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL is none of trace, debug, info, warn, error, fatal, silent."],
    [{ CASSANDRA_CONTACT_POINTS: " , " }, "CASSANDRA_CONTACT_POINTS names no host."],
    [{ CASSANDRA_KEYSPACE: "Drop Table" }, "CASSANDRA_KEYSPACE is not a keyspace's name."],
    [{ HEARTH_GALLERY: "yes" }, "HEARTH_GALLERY is neither 0 nor 1."],
    [{ FILES_DIR: "" }, "FILES_DIR is missing."],
    [{ S3_ENDPOINT: "https://s3.example" }, "FILES_DIR and S3_ENDPOINT are two places for files: name one."],
    [{ FILES_DIR: "", S3_ENDPOINT: "s3.example" }, "S3_ENDPOINT is not an http(s):// address."],
    [{ FILES_DIR: "", S3_ENDPOINT: "https://s3.example" }, "S3_BUCKET is missing."],
    [
      { FILES_DIR: "", S3_ENDPOINT: "https://s3.example", S3_BUCKET: "hearth", S3_ACCESS_KEY_ID: "id" },
      "S3_SECRET_ACCESS_KEY is missing.",
    ],
    [{ RATE_LIMIT_SCALE: "0" }, "RATE_LIMIT_SCALE is not a positive number."],
  ])("is refused with %j by a sentence that names the variable, and not its value", (wrong, sentence) => {
    expect(() => parseEnv({ ...good, ...wrong })).toThrow(new Error(sentence))
  })
})
