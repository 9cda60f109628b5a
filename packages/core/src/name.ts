import { z } from "zod"
import { cleanName, codePoints } from "./text.ts"

/** A name that people give: of themselves, a server, a channel. */
export const name = (what: string, max = 40) =>
  z
    .string()
    .max(400, `${what} is too long.`)
    .refine((s) => s.isWellFormed(), `${what} has broken characters.`)
    .transform(cleanName)
    .refine((s) => s.length > 0, `${what} is empty.`)
    .refine((s) => codePoints(s) <= max, `${what} has more than ${max} characters.`)
