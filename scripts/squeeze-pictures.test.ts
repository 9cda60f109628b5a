import { readFileSync } from "node:fs"
import { crc32, deflateSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { readPng, squeeze } from "./squeeze-pictures.mjs"

const chunk = (name: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** 2 × 2 RGBA, its second line written as the difference from the first. */
const small = (alpha: number) => {
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 6, 0, 0, 0])
  const lines = Buffer.from([0, 10, 20, 30, alpha, 40, 50, 60, alpha, 2, 1, 1, 1, 0, 255, 255, 255, 0])
  const signature = Buffer.from("89504e470d0a1a0a", "hex")
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ])
}

describe("a squeezed picture", () => {
  it("has the same pixels, without an alpha that says nothing", () => {
    const { width, height, channels, pixels } = readPng(squeeze(small(255)))!
    expect({ width, height, channels }).toEqual({ width: 2, height: 2, channels: 3 })
    expect([...pixels]).toEqual([10, 20, 30, 40, 50, 60, 11, 21, 31, 39, 49, 59])
  })

  it("is left as it is when it is not opaque, or not a picture", () => {
    const seeThrough = small(128)
    expect(squeeze(seeThrough)).toBe(seeThrough)
    const text = Buffer.from("not a picture")
    expect(squeeze(text)).toBe(text)
  })

  it("is what is kept of the screens: nothing more can be squeezed out of them", () => {
    const kept = readFileSync(new URL("../e2e/pictures/shots/room-desk-night.png", import.meta.url))
    expect(squeeze(kept).length).toBeGreaterThan(kept.length * 0.98)
  })
})
