import { setPortrait } from "@hearth/api/import"
import type { Deps } from "@hearth/api"
import type { Snowflake } from "@hearth/core"
import { deriveKey, schema, setupCode } from "@hearth/db"
import { eq } from "drizzle-orm"
import { DEMO_NAME, type Person } from "../plan/cast.ts"
import { asStranger } from "./caller.ts"

export const me: Person = {
  index: -1,
  name: DEMO_NAME,
  email: "maren@demo.hearth.example",
  portrait: "maren-4ah",
  habits: { small: false, splits: false, emoji: null, rhythm: "day" },
}

/** Of the demo's person: made of the deployment's secret, so that it need not be kept, and nobody else's Hearth has it. */
export const demoPassword = (secret: string): string => {
  const alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
  const letters = [...deriveKey(secret, "demo-password").subarray(0, 16)].map(
    (byte) => alphabet[byte % alphabet.length],
  )
  return [0, 4, 8, 12].map((i) => letters.slice(i, i + 4).join("")).join("-")
}

/** The account whose eyes the demo is seen with: the first one, or, where somebody was faster, one more. */
export const demoAccount = async (deps: Deps): Promise<Snowflake> => {
  const { users } = schema
  const [known] = await deps.db.select({ id: users.id }).from(users).where(eq(users.email, me.email))
  if (known) return known.id
  const stranger = asStranger(deps)
  const account = { displayName: me.name, email: me.email, password: demoPassword(deps.secret) }
  const { needsSetup } = await stranger.setup.status()
  const { userId } = needsSetup
    ? await stranger.setup.create({ ...account, code: setupCode(deps.secret), instanceName: "Larkfield" })
    : await stranger.account.register(account)
  if (me.portrait) await setPortrait(deps, userId, me.portrait)
  return userId
}
