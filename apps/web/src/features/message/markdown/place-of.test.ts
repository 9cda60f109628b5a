import { describe, expect, it } from "vitest"
import { placeOf } from "./place-of.ts"

const origin = "https://chat.example.org"

describe("a link in a message", () => {
  it.each([
    ["https://chat.example.org/s/12/34", "/s/12/34"],
    ["https://chat.example.org/s/12/34/56", "/s/12/34/56"],
    ["https://chat.example.org/s/12/34/t/78", "/s/12/34/t/78"],
    ["https://chat.example.org/s/12/34/t/78/9", "/s/12/34/t/78/9"],
  ])("to a place here opens in place: %s", (href, path) => {
    expect(placeOf(href, origin)).toBe(path)
  })

  it.each([
    "https://chat.example.org/invite/abc",
    "https://chat.example.org/s/12/settings",
    "https://chat.example.org/s/12/34/56?x=1",
    "https://chat.example.org.evil.example/s/12/34",
    "http://chat.example.org/s/12/34",
    "https://example.org/s/12/34",
    "mailto:a@example.org",
  ])("to anywhere else opens as any link does: %s", (href) => {
    expect(placeOf(href, origin)).toBeNull()
  })
})
