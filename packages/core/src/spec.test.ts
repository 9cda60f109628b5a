import { describe, expect, it } from "vitest"
import { z } from "zod"
import spec from "../SPEC.md?raw"
import { errorCodes } from "./error.ts"
import { isEventName, PROTOCOL_VERSION } from "./event-names.ts"
import { BUCKET_SIZE, MAX_RESUME, MAX_SPAN, MAX_VIEWERS, MAX_WRITERS, PAGE_LIMIT, WRITERS_MS } from "./limits.ts"
import { permissionBits } from "./permission.ts"
import { commands, events, HandshakeAuth, nodeEvents } from "./protocol.ts"
import { MAX_CONTENT_BYTES, MAX_CONTENT_POINTS } from "./text.ts"

/** Cells of the one table row that begins with this word. */
const rowOf = (first: string): string[] => {
  const rows = spec.split("\n").filter((line) => line.startsWith(`| \`${first}\` |`))
  expect(rows, `rows of SPEC.md that begin with ${first}`).toHaveLength(1)
  return (rows[0] ?? "").split(/(?<!\\)\|/).map((cell) => cell.trim())
}

/** Names of the fields of an object, or of the objects in an array. */
const fieldsOf = (schema: z.ZodType): string[] => {
  const json = z.toJSONSchema(schema, { io: "input" })
  const object =
    json.type === "array" && typeof json.items === "object" ? (json.items as z.core.JSONSchema.JSONSchema) : json
  return Object.keys(object.properties ?? {})
}

const expectFields = (cell: string | undefined, schema: z.ZodType) => {
  const words = cell?.match(/[A-Za-z]+/g) ?? []
  const fields = fieldsOf(schema)
  if (fields.length === 0) expect(cell).toMatch(/^nothing$/)
  for (const field of fields) expect(words).toContain(field)
}

describe("SPEC.md", () => {
  it("is of this protocol version", () => {
    expect(spec).toContain(`# The wire of Hearth, protocol ${PROTOCOL_VERSION}\n`)
    expect(spec).toContain(`\`PROTOCOL_VERSION\` is **${PROTOCOL_VERSION}**`)
    expect(spec).toContain(`"protocol": ${PROTOCOL_VERSION}`)
  })

  it.each(Object.entries(commands))("has %s with every field of its body and reply", (name, { body, reply }) => {
    const [, , bodyCell, replyCell] = rowOf(name)
    expectFields(bodyCell, body)
    expectFields(replyCell, reply)
  })

  it.each(Object.entries(events))("has %s with every field", (name, schema) => {
    expectFields(rowOf(name)[2], schema)
  })

  it.each(Object.keys(nodeEvents))("says of %s that it stays among nodes", (name) => {
    expect(spec).toContain(`\`${name}\``)
  })

  it.each(Object.keys(errorCodes))("has the error %s, and whether it passes", (code) => {
    const [, , , again] = rowOf(code)
    const { retry } = errorCodes[code as keyof typeof errorCodes]
    expect(again).toMatch(retry ? /^(after `retryAfterMs`|later)$/ : /^(no|after signing in)$/)
  })

  it.each(Object.entries(permissionBits))("has the permission %s at its bit", (name, at) => {
    expect(spec).toContain(`${at} \`${name}\``)
  })

  it("has every event, and no other, in the names that browsers know", () => {
    for (const name of Object.keys(events)) expect(isEventName(name)).toBe(true)
    for (const name of [...Object.keys(commands), ...Object.keys(nodeEvents), "toString"])
      expect(isEventName(name)).toBe(false)
  })

  it("names nothing that the tables do not have", () => {
    const known = new Set([...Object.keys(commands), ...Object.keys(events), ...Object.keys(nodeEvents)])
    const named = [...spec.matchAll(/`([a-z]+:[a-z]+)`/g)].map((m) => m[1])
    expect(named.filter((name) => name && !known.has(name))).toEqual([])
  })

  it("has the field names of the handshake", () => {
    for (const field of fieldsOf(HandshakeAuth)) expect(spec).toContain(`"${field}":`)
  })

  it("has the figures", () => {
    const figure = (n: number) => n.toLocaleString("en-US")
    for (const n of [MAX_RESUME, MAX_SPAN, MAX_CONTENT_POINTS, MAX_CONTENT_BYTES]) expect(spec).toContain(figure(n))
    expect(spec).toContain(`limit ≤ ${PAGE_LIMIT}`)
    expect(spec).toContain(`at most ${MAX_WRITERS}, the newest first`)
    expect(spec).toContain(`in the last ${WRITERS_MS / 60_000} minutes`)
    expect(spec).toContain(`names at most ${MAX_VIEWERS} of them`)
    expect(spec).toContain(`${BUCKET_SIZE}·scope + 1`)
  })

  it("numbers its rules without a gap, each once", () => {
    const numbers = [...spec.matchAll(/\*\*(\d+)\.(\d+)\*\*/g)].map((m) => [Number(m[1]), Number(m[2])] as const)
    const bySection = new Map<number, number[]>()
    for (const [section, rule] of numbers) bySection.set(section, [...(bySection.get(section) ?? []), rule])
    expect(bySection.size).toBeGreaterThanOrEqual(8)
    for (const rules of bySection.values()) expect(rules).toEqual(rules.map((_, i) => i + 1))
  })
})

const schemaOf = (schema: z.ZodType, io: "input" | "output") => z.toJSONSchema(schema, { io })
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === "object"
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([k, v]) => [k, sorted(v)]),
        )
      : value

/** What the wire looks like, independent of the order in which fields are written down. */
const fingerprint = async (): Promise<string> => {
  const tables = {
    commands: Object.fromEntries(
      Object.entries(commands).map(([name, c]) => [name, [schemaOf(c.body, "input"), schemaOf(c.reply, "output")]]),
    ),
    events: Object.fromEntries(Object.entries(events).map(([name, e]) => [name, schemaOf(e, "output")])),
    handshake: schemaOf(HandshakeAuth, "input"),
    errors: Object.keys(errorCodes).sort(),
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(sorted(tables))))
  return [...new Uint8Array(digest).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

describe("the fingerprint of the tables", () => {
  it("belongs to this PROTOCOL_VERSION", async () => {
    // When this fails the wire has changed. A field that old clients may ignore: take the new fingerprint.
    // Anything else: raise PROTOCOL_VERSION too, and say in SPEC.md what is new.
    expect({ version: PROTOCOL_VERSION, fingerprint: await fingerprint() }).toEqual({
      version: 1,
      fingerprint: "335cac8d41c1bbf1",
    })
  })
})
