/** Bytes of a picture that somebody gives. It is made anew, small. */
export const MAX_PICTURE_BYTES = 5_000_000
/** Its width times its height: what it would take to draw. */
export const MAX_PICTURE_PIXELS = 25_000_000
/** Sides of a group's icon, in pixels. It is a square, as WebP. */
export const ICON_SIZE = 256

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0))

/** Whether it is a picture that is taken, by its first 12 bytes, whatever it is said to be: PNG, JPEG, WebP or GIF. */
export const isPicture = (bytes: Uint8Array): boolean =>
  startsWith(bytes, "\xff\xd8\xff") ||
  startsWith(bytes, "\x89PNG\r\n\x1a\n") ||
  startsWith(bytes, "GIF87a") ||
  startsWith(bytes, "GIF89a") ||
  (startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8))
