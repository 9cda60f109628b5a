import { z } from "zod"
import { MAX_PREVIEWS } from "./limits.ts"

export const MAX_PREVIEW_TITLE = 120
export const MAX_PREVIEW_TEXT = 280
export const MAX_PREVIEW_SITE = 60

export const PreviewPicture = z.object({
  /** It is had at /api/preview/{id}/picture. */
  id: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** To be drawn under the text, and not beside it. */
  large: z.boolean().optional(),
})

/** What a page that a message links to says of itself: drawn as a card under the message. */
export const Preview = z.object({
  /** The link, as a browser writes it. */
  url: z.string().max(2048),
  site: z.string().max(2 * MAX_PREVIEW_SITE),
  /** Empty: there is only a picture. */
  title: z.string().max(2 * MAX_PREVIEW_TITLE),
  text: z
    .string()
    .max(2 * MAX_PREVIEW_TEXT)
    .optional(),
  picture: PreviewPicture.optional(),
})
export type Preview = z.infer<typeof Preview>

export const Previews = z.array(Preview).max(MAX_PREVIEWS)
