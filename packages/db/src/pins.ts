import type { Audience, Snowflake } from "@hearth/core"
import { and, eq } from "drizzle-orm"
import type { Transaction } from "./client.ts"
import { addToOutbox } from "./outbox.ts"
import { pins } from "./schema/pin.ts"

/** Takes a pin away, and tells so if there was one. Only inside `transact`. */
export const removePin = async (
  tx: Transaction,
  audience: Audience,
  { guildId, channelId, seq }: { guildId: Snowflake; channelId: Snowflake; seq: number },
): Promise<void> => {
  const gone = await tx
    .delete(pins)
    .where(and(eq(pins.channelId, channelId), eq(pins.seq, seq)))
    .returning({ seq: pins.seq })
  if (gone.length > 0) addToOutbox(tx, audience, "pin:removed", { channelId, seq }, { guildId, channelId })
}
