// Chromium writes pictures fast, not small: the same pixels in fewer bytes, without the alpha that none of them has.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { crc32, deflateSync, inflateSync } from "node:zlib"

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const RGB = 2
const RGBA = 6

/** Squeezes every PNG of a folder that gets smaller by it. */
export const squeezePictures = (folder) => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".png"))) {
    const path = join(folder, name)
    const before = readFileSync(path)
    const after = squeeze(before)
    if (after.length < before.length) writeFileSync(path, after)
  }
}

/** The same picture as RGB without filters, which suits flat surfaces. Whatever is not an opaque picture of 8 bits comes back as it is. */
export const squeeze = (png) => {
  const picture = readPng(png)
  if (!picture) return png
  const { width, height, channels, pixels } = picture
  const lines = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0, to = 0, from = 0; y < height; y++) {
    to++
    for (let x = 0; x < width; x++, from += channels) {
      if (channels === 4 && pixels[from + 3] !== 255) return png
      lines[to++] = pixels[from]
      lines[to++] = pixels[from + 1]
      lines[to++] = pixels[from + 2]
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, RGB, 0, 0, 0], 8)
  const data = deflateSync(lines, { level: 9, memLevel: 9 })
  return Buffer.concat([SIGNATURE, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))])
}

const chunk = (name, data) => {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** Null for what is not a plain picture of 8 bits a channel. */
export const readPng = (png) => {
  if (!png.subarray(0, 8).equals(SIGNATURE)) return null
  let head = null
  const parts = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const name = png.toString("latin1", at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (name === "IHDR") head = data
    if (name === "IDAT") parts.push(data)
    at += length + 12
  }
  const [depth, colour, , , interlaced] = head?.subarray(8) ?? []
  if (depth !== 8 || (colour !== RGB && colour !== RGBA) || interlaced !== 0) return null
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const channels = colour === RGBA ? 4 : 3
  return {
    width,
    height,
    channels,
    pixels: unfilter(inflateSync(Buffer.concat(parts)), height, width * channels, channels),
  }
}

const unfilter = (lines, height, stride, channels) => {
  const pixels = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= channels ? pixels[at - channels] : 0
      const up = y > 0 ? pixels[at - stride] : 0
      const corner = x >= channels && y > 0 ? pixels[at - stride - channels] : 0
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      pixels[at] = lines[y * (stride + 1) + 1 + x] + guess
    }
  }
  return pixels
}

const paeth = (left, up, corner) => {
  const sum = left + up - corner
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
