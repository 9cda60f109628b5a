import { ICON_SIZE, isPicture, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from "@hearth/core"
import sharp from "sharp"

const MAX_SECONDS = 5

// Decoders are what a hostile picture aims at: only those of the four formats are there at all, as for previews of links.
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

/**
 * A square of ICON_SIZE pixels as WebP, of what lies in the middle, made anew: nothing of the source's bytes goes on, and what
 * moves stands still. null: it is no picture, is broken, or has more than 25 million pixels.
 */
export const makeIcon = async (source: Buffer): Promise<Buffer | null> => {
  if (source.length > MAX_PICTURE_BYTES || !isPicture(source)) return null
  try {
    return await sharp(source, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: "error", pages: 1 })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize({ width: ICON_SIZE, height: ICON_SIZE, fit: "cover" })
      .webp({ quality: 80 })
      .toBuffer()
  } catch {
    return null
  }
}
