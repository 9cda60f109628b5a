import { isPicture, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from "@hearth/core"

export type PictureProblem = "noPicture" | "pictureTooLarge" | "pictureTooFine"

/** Why no icon can be made of a file, as far as this browser sees it: before it is sent. null: it can. */
export const pictureProblem = async (file: Blob): Promise<PictureProblem | null> => {
  if (file.size > MAX_PICTURE_BYTES) return "pictureTooLarge"
  try {
    if (!isPicture(new Uint8Array(await file.slice(0, 12).arrayBuffer()))) return "noPicture"
    const drawn = await createImageBitmap(file)
    const pixels = drawn.width * drawn.height
    drawn.close()
    return pixels > MAX_PICTURE_PIXELS ? "pictureTooFine" : null
  } catch {
    // Broken; or it was moved away since it was chosen.
    return "noPicture"
  }
}
