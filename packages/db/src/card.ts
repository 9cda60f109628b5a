import type { Snowflake, UserCard } from "@hearth/core"
import { users } from "./schema/account.ts"

/** The columns of `users` that make a card: what anybody who meets a person may see of them. */
export const cardColumns = { id: users.id, displayName: users.displayName, portrait: users.portrait }

export interface CardRow {
  id: Snowflake
  displayName: string
  portrait: string | null
}

/** As it travels: what a person does not have is left out. */
export const toCard = ({ id, displayName, portrait }: CardRow): UserCard => ({
  id,
  displayName,
  ...(portrait !== null && { portrait }),
})
