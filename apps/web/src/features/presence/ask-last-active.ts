import { PAGE_LIMIT, type Snowflake } from "@hearth/core"
import { trpc } from "../trpc/index.ts"

/** Who is looked at at about the same time is asked for at once. */
const GATHER_MS = 50

interface Batch {
  userIds: Set<Snowflake>
  answer: Promise<Readonly<Record<Snowflake, number>>>
}
let open: Batch | null = null

const begin = (): Batch => {
  const userIds = new Set<Snowflake>()
  const send = async () => {
    await new Promise((gathered) => setTimeout(gathered, GATHER_MS))
    if (open?.userIds === userIds) open = null
    return (await trpc.lastActive.ofMany.query({ userIds: [...userIds] })).agoMs
  }
  return { userIds, answer: send() }
}

/** How long ago somebody was last active, in ms; null: it is not known, or not shown. Asked with others, a page of them at most. */
export const askLastActive = async (userId: Snowflake): Promise<number | null> => {
  if (!open || open.userIds.size >= PAGE_LIMIT) open = begin()
  const { userIds, answer } = open
  userIds.add(userId)
  return (await answer)[userId] ?? null
}
