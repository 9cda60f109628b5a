import { randomBytes } from "node:crypto"
import { AppError, FileKey } from "@hearth/core"

/**
 * Where files lie: what people gave, made anew. What a key is for, and who may have it, is known in the database alone.
 * All throw UNAVAILABLE when the place does not answer, or takes nothing more.
 */
export interface FileStore {
  /** Whole or not at all, and durable when it resolves. Takes the place of what lay under the key. */
  put(key: string, body: Uint8Array): Promise<void>
  /** All bytes. null: there is no such file. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** Resolves also when there was none. */
  delete(key: string): Promise<void>
}

/** One that was never given before: a file that changes is another file. */
export const newFileKey = (): string => randomBytes(20).toString("hex")

/** A key becomes part of a path: anything else than one of ours is a bug. */
export const checked = (key: string): string => FileKey.parse(key)

export const filesAway = (cause: unknown): AppError =>
  new AppError("UNAVAILABLE", "Files cannot be kept or read right now. Please try again in a moment.", {
    retryAfterMs: 5000,
    cause,
  })
