import { createSecretKey } from "node:crypto"
import { expect, test } from "vitest"
import { detailPlace, messagePlace, openBodies, parseBodyKeys } from "./bodies.ts"

const key = (id: number) => ({ id, key: createSecretKey(Buffer.alloc(32, id)) })
const place = messagePlace("1", "2", "nonce")

test("without a key bodies are plain, with one nothing of the text is left", () => {
  expect(openBodies().seal("grüße", place).toString("utf8")).toBe("grüße")
  const sealed = openBodies([key(1)]).seal("a secret that is long enough to be seen", place)
  expect(sealed.includes("secret")).toBe(false)
  expect(openBodies([key(1)]).open(sealed, place)).toBe("a secret that is long enough to be seen")
})

test("the same text is never sealed to the same bytes", () => {
  const bodies = openBodies([key(1)])
  expect(bodies.seal("hello", place).equals(bodies.seal("hello", place))).toBe(false)
})

test("plain bodies and those of older keys stay readable, and are told apart from the newest", () => {
  const [plain, old, now] = [openBodies(), openBodies([key(1)]), openBodies([key(300), key(1)])]
  for (const bodies of [plain, old, now]) {
    const body = bodies.seal("👩‍👩‍👧 hello", place)
    expect(now.open(body, place)).toBe("👩‍👩‍👧 hello")
    expect(now.isCurrent(body)).toBe(bodies === now)
  }
  expect(plain.isCurrent(plain.seal("x", place))).toBe(true)
  expect(plain.isCurrent(now.seal("x", place))).toBe(false)
  expect(now.open(null, place)).toBe("")
})

test("a body in another place, of an unknown key, or with one bit turned is refused, never read wrongly", () => {
  const bodies = openBodies([key(1)])
  const sealed = bodies.seal("hello", place)
  const refused = (read: () => string) => expect(read).toThrow(expect.objectContaining({ code: "UNAVAILABLE" }))
  refused(() => bodies.open(sealed, messagePlace("1", "2", "another")))
  refused(() => bodies.open(sealed, detailPlace("1", 2, 2, "1")))
  refused(() => openBodies([key(2)]).open(sealed, place))
  refused(() => openBodies().open(sealed, place))
  for (let i = 2; i < sealed.length; i++) {
    const turned = Buffer.from(sealed)
    turned[i] = (turned[i] ?? 0) ^ 1
    refused(() => bodies.open(turned, place))
  }
  refused(() => bodies.open(sealed.subarray(0, 20), place))
})

test("the ring is read from one line, and what is wrong with it is a sentence", () => {
  const base64 = Buffer.alloc(32, 9).toString("base64")
  expect(parseBodyKeys(`2:${base64}, 1:${base64}`).map(({ id }) => id)).toEqual([2, 1])
  for (const wrong of [base64, `0:${base64}`, `70000:${base64}`, `1:${base64.slice(4)}`, `x:${base64}`])
    expect(() => parseBodyKeys(wrong)).toThrow(/not number:base64 of 32 bytes/)
  expect(() => parseBodyKeys(" , ")).toThrow("names no key")
  expect(() => parseBodyKeys(`1:${base64},1:${base64}`)).toThrow("two keys of one number")
})
