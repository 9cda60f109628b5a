import { type Message, ThreadLine } from "@hearth/core"
import { z } from "zod"

/** What few messages have: it lies in one column, and absent means that there is nothing of it. */
const Extra = z.object({ thread: ThreadLine.optional() })

export const extraOf = ({ thread }: Message): z.infer<typeof Extra> | null => (thread ? { thread } : null)

/** Spread into the message. What cannot be read is left out: the message itself can. */
export const fromExtra = (extra: unknown): Pick<Message, "thread"> => {
  const { thread } = Extra.safeParse(extra).data ?? {}
  return thread ? { thread } : {}
}
