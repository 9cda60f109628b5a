import { createSignal } from "../gateway/emitter.ts"
import { isByTouch } from "../shell/by-touch.ts"
import { createKept } from "./kept.ts"

const all = ["jump", "glow", "queue", "keys"] as const
export type Hint = (typeof all)[number]

/** Where there are no keys nothing is said of them. */
export const hintsHere = (): readonly Hint[] => all.slice(0, isByTouch() ? -1 : undefined)

/** Shown once an account in a browser; and whenever somebody asks for it. */
const seen = createKept("tour", () => localStorage)
const asked = createSignal()

export const isTourNew = (userId: string): boolean => !seen.has(userId, "seen")
export const tourShown = (userId: string): void => seen.add(userId, "seen")
export const showTour = asked.notify
export const onTourAsked = asked.subscribe
