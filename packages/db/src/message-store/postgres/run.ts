import { AppError, CHANNEL_SCOPE, type Marks } from "@hearth/core"
import type pg from "pg"
import type { Bodies } from "../bodies.ts"

/** Runs one statement in one round trip. Prepared once a connection, under its name. */
export type Run = <R extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<R[]>

/** What the parts of the store share. */
export interface Context {
  run: Run
  bodies: Bodies
}

export const marksOf = (ver: string | number): Marks => ({ [CHANNEL_SCOPE]: Number(ver) })
export const unknownChannel = () => new AppError("UNKNOWN_CHANNEL", "There is no such channel.")
