import type { Snowflake } from "@hearth/core"
import { transact } from "@hearth/db"
import { unknownGuild } from "../access.ts"
import type { Deps } from "../context.ts"
import { addMembers } from "../member/membership.ts"

export interface ImportedMember {
  userId: Snowflake
  /** Unix time in ms. */
  joinedAt: number
}

const CHUNK = 500

/** Joins people to a server by the same rules as an invite does, many in a transaction. Who is a member stays as they are. */
export const importMembers = async (
  { db }: Pick<Deps, "db">,
  guildId: Snowflake,
  members: readonly ImportedMember[],
  onProgress: (done: number) => void = () => {},
): Promise<void> => {
  for (let at = 0; at < members.length; at += CHUNK) {
    const chunk = members.slice(at, at + CHUNK)
    const joined = await transact(db, (tx) => addMembers(tx, guildId, chunk))
    if (!joined) throw unknownGuild()
    onProgress(at + chunk.length)
  }
}
