import { z } from "zod"

/** One emoji: a single grapheme. Custom emoji come later under `name:id`. */
export const Emoji = z
  .string()
  .min(1)
  .max(64)
  .refine(
    (s) =>
      /\p{Extended_Pictographic}|\p{Regional_Indicator}|^[0-9#*]\uFE0F?\u20E3$/u.test(s) &&
      [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(s)].length === 1,
    "That is not one emoji.",
  )
