import { isPicture } from "@hearth/core"
import sharp from "sharp"

export const MAX_SOURCE_BYTES = 1_048_576
const MAX_BYTES = 30_000
const MAX_PIXELS = 25_000_000
const MAX_SECONDS = 3

export interface Picture {
  /** WebP. */
  bytes: Buffer
  width: number
  height: number
  large: boolean
}
/** `small` beside a text, `large` under it, `whole` in its place. */
export type Shape = "small" | "large" | "whole"

// Decoders are what a hostile picture aims at: only those of what pages use are there at all.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ["VipsForeignLoad"] })
sharp.unblock({
  operation: [
    "VipsForeignLoadJpegBuffer",
    "VipsForeignLoadPngBuffer",
    "VipsForeignLoadWebpBuffer",
    "VipsForeignLoadNsgifBuffer",
  ],
})

const sizes = {
  small: { width: 160, height: 160, fit: "cover" },
  large: { width: 640, height: 336, fit: "cover" },
  whole: { width: 640, height: 480, fit: "inside", withoutEnlargement: true },
} as const

/** Of what is still too heavy the next is tried. */
const tries = [
  { scale: 1, quality: 75 },
  { scale: 1, quality: 50 },
  { scale: 0.5, quality: 50 },
  { scale: 0.5, quality: 20 },
]

/** A picture made anew, small: nothing of the source's bytes goes on. null: it is none, or not one to be drawn in that shape. */
export const makePicture = async (source: Buffer, shape: Shape): Promise<Picture | null> => {
  if (source.length > MAX_SOURCE_BYTES || !isPicture(source)) return null
  try {
    const options = { limitInputPixels: MAX_PIXELS, failOn: "error", pages: 1 } as const
    const { width = 0, height = 0 } = await sharp(source, options).metadata()
    const ratio = width / height
    // Tracking pixels, and strips of which a square shows nothing.
    if (Math.min(width, height) < 32 || ratio > 6 || ratio < 1 / 6) return null
    const large = shape === "whole" || (shape === "large" && width >= 320 && ratio > 1)
    const size = sizes[shape === "whole" ? "whole" : large ? "large" : "small"]
    for (const { scale, quality } of tries) {
      const { data, info } = await sharp(source, options)
        .timeout({ seconds: MAX_SECONDS })
        .autoOrient()
        .resize({ ...size, width: size.width * scale, height: size.height * scale })
        .webp({ quality })
        .toBuffer({ resolveWithObject: true })
      if (data.length <= MAX_BYTES) return { bytes: data, width: info.width, height: info.height, large }
    }
    return null
  } catch {
    return null
  }
}
