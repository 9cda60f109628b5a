import { z } from "zod"

/** The name of a kept file: 40 hexadecimal digits that say nothing of it, and that nobody guesses. */
export const FileKey = z.string().regex(/^[0-9a-f]{40}$/, "That is not a file.")
