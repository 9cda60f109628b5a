import { createSignal } from "../gateway/emitter.ts"
import { createKept } from "./kept.ts"

export const hints = ["jump", "glow", "queue", "keys"] as const
export type Hint = (typeof hints)[number]

/** Shown once an account in a browser; and whenever somebody asks for it. */
const seen = createKept("tour", () => localStorage)
const asked = createSignal()

export const isTourNew = (userId: string): boolean => !seen.has(userId, "seen")
export const tourShown = (userId: string): void => seen.add(userId, "seen")
export const showTour = asked.notify
export const onTourAsked = asked.subscribe
