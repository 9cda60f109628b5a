import { z } from "zod"
import { Millis } from "./entity.ts"
import { anchorOf } from "./keywords.ts"
import { MAX_ALERT_POINTS, MAX_ALERTS } from "./limits.ts"
import { name } from "./name.ts"
import { ListRequest } from "./request.ts"

/** A word, or a few, that an account wants to hear of. */
export const AlertWord = name("The keyword", MAX_ALERT_POINTS).refine(
  (word) => anchorOf(word) !== null,
  "The keyword has no letter and no digit.",
)

export const Alert = z.object({ word: z.string(), since: Millis })
export type Alert = z.infer<typeof Alert>

/** One's keywords changed: how many there are now. */
export const AlertsChanged = z.object({ count: z.number().int().min(0).max(MAX_ALERTS) })
export const AlertRequest = z.object({ word: AlertWord })
export const ListAlertsRequest = ListRequest
