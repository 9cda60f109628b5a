import { AppError, CHANNEL_SCOPE, type Marks } from "@hearth/core"
import type pg from "pg"

/** Runs one statement in one round trip. Prepared once a connection, under its name. */
export type Run = <R extends pg.QueryResultRow>(name: string, text: string, values: unknown[]) => Promise<R[]>

export const marksOf = (ver: string | number): Marks => ({ [CHANNEL_SCOPE]: Number(ver) })
export const unknownChannel = () => new AppError("UNKNOWN_CHANNEL", "There is no such channel.")
