import { createHmac, createSecretKey, type KeyObject } from "node:crypto"
import { AppError, type Message } from "@hearth/core"
import type { AppendResult, Draft } from "./port.ts"

export const MAX_BATCH_DRAFTS = 64
export const MAX_BATCH_BYTES = 65_536

export interface Planned {
  draft: Draft
  /** As it will lie in the store. */
  body: Buffer
  mac: Buffer
}

export interface Batch {
  /** No two share author and nonce. */
  unique: Planned[]
  /** For each draft that is covered, in order: which of `unique` it is, and its own mac. */
  slots: { index: number; first: boolean; mac: Buffer }[]
}

/** What a store found for one of the unique drafts. `mac` is that of the first body, kept through edits. */
export interface Found {
  message: Message
  mac: Buffer
  duplicate: boolean
}

/** When a draft was written: what an import says, never the future. */
export const writtenAt = ({ createdAt }: Draft, now: number): number =>
  createdAt === undefined ? now : Math.min(Math.max(0, Math.floor(createdAt)), now)

/** To make a key of bytes costs as much as to use it. */
const keys = new WeakMap<Buffer, KeyObject>()
const secretOf = (macKey: Buffer): KeyObject => {
  let secret = keys.get(macKey)
  if (!secret) keys.set(macKey, (secret = createSecretKey(macKey)))
  return secret
}

const keyOf = (draft: Draft) => `${draft.authorId}:${draft.nonce}`

/** The leading drafts that one compare-and-set takes: at most 64, at most 64 KB (one larger draft goes alone), each nonce once. */
export const planBatch = (
  drafts: readonly Draft[],
  macKey: Buffer,
  seal: (draft: Draft) => Buffer,
  maxUnique = MAX_BATCH_DRAFTS,
): Batch => {
  if (drafts.length === 0) throw new Error("append() of no drafts")
  const batch: Batch = { unique: [], slots: [] }
  const seen = new Map<string, number>()
  let bytes = 0
  for (const draft of drafts.slice(0, MAX_BATCH_DRAFTS)) {
    const mac = createHmac("sha256", secretOf(macKey)).update(draft.content).digest()
    const known = seen.get(keyOf(draft))
    if (known !== undefined) {
      batch.slots.push({ index: known, first: false, mac })
      continue
    }
    const body = seal(draft)
    bytes += body.length
    if (batch.unique.length > 0 && (bytes > MAX_BATCH_BYTES || batch.unique.length >= maxUnique)) break
    seen.set(keyOf(draft), batch.unique.length)
    batch.slots.push({ index: batch.unique.length, first: true, mac })
    batch.unique.push({ draft, body, mac })
  }
  return batch
}

/** Answers each covered draft from what was found for the unique ones. `scopeOf` says which scope a number is in. */
export const answerBatch = (
  batch: Batch,
  found: ReadonlyMap<number, Found>,
  scopeOf: (seq: number) => number,
): AppendResult[] =>
  batch.slots.map(({ index, first, mac }) => {
    const row = found.get(index)
    if (!row) throw new AppError("INTERNAL", "The message store lost a draft.")
    const { message } = row
    const answer = { message, scope: scopeOf(message.seq), ver: message.mver }
    if (first && !row.duplicate) return { status: "stored", ...answer }
    return row.mac.equals(mac) ? { status: "duplicate", ...answer } : { status: "conflict" }
  })
