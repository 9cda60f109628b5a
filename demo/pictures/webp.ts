import sharp, { type OverlayOptions } from "sharp"

/** Next to lossless: dark tones lose their warmth in less. */
const SHARP = { nearLossless: true, quality: 60, effort: 6 } as const

/** Writes one picture as WebP. */
export const keep = async (png: Buffer, path: string): Promise<void> => void (await sharp(png).webp(SHARP).toFile(path))

export interface Frame {
  gap: number
  radius: number
}

/** Writes pictures of one height side by side, with round corners and nothing between them: the page shines through. */
export const beside = async (pngs: readonly Buffer[], frame: Frame, path: string): Promise<void> =>
  void (await sharp(await joined(pngs, frame))
    .webp(SHARP)
    .toFile(path))

export const joined = async (pngs: readonly Buffer[], { gap, radius }: Frame): Promise<Buffer> => {
  let left = 0
  let tallest = 0
  const parts: OverlayOptions[] = []
  for (const png of pngs) {
    const { width, height } = await sharp(png).metadata()
    parts.push({ input: await rounded(png, width, height, radius), left, top: 0 })
    left += width + gap
    tallest = Math.max(tallest, height)
  }
  const create = {
    width: left - gap,
    height: tallest,
    channels: 4,
    background: { r: 0, g: 0, b: 0, alpha: 0 },
  } as const
  return sharp({ create }).composite(parts).png({ compressionLevel: 1 }).toBuffer()
}

const rounded = (png: Buffer, width: number, height: number, radius: number): Promise<Buffer> => {
  const mask = `<svg width="${width}" height="${height}"><rect width="${width}" height="${height}" rx="${radius}"/></svg>`
  return sharp(png)
    .ensureAlpha()
    .composite([{ input: Buffer.from(mask), blend: "dest-in" }])
    .png({ compressionLevel: 1 })
    .toBuffer()
}

/** Writes pictures of one size after each other, each with how long it stands, for ever from the beginning. */
export const moving = async (pngs: readonly Buffer[], delay: number[], path: string): Promise<void> =>
  void (await sharp([...pngs], { join: { animated: true } })
    .webp({ ...SHARP, effort: 4, loop: 0, delay, minSize: true })
    .toFile(path))
