import sharp from "sharp"
import { describe, expect, it } from "vitest"
import { makePicture, MAX_SOURCE_BYTES } from "./picture.ts"

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 120, b: 40 } } })
const noise = async (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "grey", noise: { type: "gaussian", mean: 128, sigma: 60 } },
  })
    .jpeg({ quality: 60 })
    .toBuffer()

describe("a picture made anew", () => {
  it("is a small WebP in the shape that was asked for", async () => {
    const wide = await canvas(1200, 630).png().toBuffer()
    expect(await makePicture(wide, "large")).toMatchObject({ width: 640, height: 336, large: true })
    expect(await makePicture(wide, "small")).toMatchObject({ width: 160, height: 160, large: false })
    expect(await makePicture(wide, "whole")).toMatchObject({ width: 640, height: 336, large: true })
    for (const format of ["jpeg", "webp", "gif"] as const) {
      const made = await makePicture(await canvas(400, 300).toFormat(format).toBuffer(), "whole")
      expect(made).toMatchObject({ width: 400, height: 300 })
      expect(made?.bytes.subarray(8, 12).toString()).toBe("WEBP")
    }
    // Upright ones are not drawn under a text.
    expect(await makePicture(await canvas(400, 500).png().toBuffer(), "large")).toMatchObject({ large: false })
  })

  it("has at most 30 KB, and nothing of what else the source carries", async () => {
    const made = await makePicture(await noise(900, 600), "large")
    expect(made?.bytes.length).toBeLessThanOrEqual(30_000)
    const tagged = await canvas(300, 300)
      .withExif({ IFD0: { Copyright: "a secret place" } })
      .jpeg()
      .toBuffer()
    const clean = await makePicture(tagged, "small")
    expect(clean?.bytes.toString("latin1")).not.toContain("a secret place")
  })

  it.each([
    ["a script", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' width='99' height='99'/>")],
    ["a page", Buffer.from("<!doctype html>")],
    ["nothing", Buffer.alloc(0)],
    ["a torn one", Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(100)])],
    ["too many bytes", Buffer.concat([Buffer.from("\xff\xd8\xff", "latin1"), Buffer.alloc(MAX_SOURCE_BYTES)])],
  ])("is not made of %s", async (_, bytes) => expect(await makePicture(bytes, "small")).toBeNull())

  it("is not made of what only says that it is one, of specks, strips and bombs", async () => {
    const tiff = await canvas(100, 100).tiff().toBuffer()
    expect(await makePicture(tiff, "small")).toBeNull()
    expect(await makePicture(await canvas(1, 1).gif().toBuffer(), "small")).toBeNull()
    expect(await makePicture(await canvas(1000, 40).png().toBuffer(), "small")).toBeNull()
    // 60 million pixels in few bytes.
    const bomb = await canvas(10_000, 6_000).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(MAX_SOURCE_BYTES)
    expect(await makePicture(bomb, "small")).toBeNull()
  })
})
