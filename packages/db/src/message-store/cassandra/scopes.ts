import { BUCKET_SIZE, bucketOf, type Snowflake } from "@hearth/core"
import type { types } from "cassandra-driver"
import type { Deadline, Link } from "./link.ts"
import { SELECT_STATICS } from "./rows.ts"

/** A bucket's static columns, known to be committed. `ver: null`: nothing was written to it, it continues the one before. */
export interface Scope {
  bucket: number
  ver: number | null
  head: number
  lastId: bigint
}

export const endOf = (bucket: number): number => (bucket + 1) * BUCKET_SIZE
export const isFull = ({ bucket, head }: Scope): boolean => head >= endOf(bucket)
/** The bucket that the next message goes into. */
export const nextScope = (tip: Scope): Scope =>
  isFull(tip) ? { bucket: tip.bucket + 1, ver: null, head: tip.head, lastId: tip.lastId } : tip

/** The statics in a row of an answer; null when the bucket has none. */
export const toScope = (bucket: number, row: types.Row | undefined): Scope | null => {
  const ver: bigint | null | undefined = row?.get("ver")
  if (!row || ver === null || ver === undefined) return null
  return { bucket, ver: Number(ver), head: Number(row.get("head")), lastId: BigInt(row.get("last_id") as bigint) }
}

interface Known {
  tip: Scope
  /** Older buckets, by number. */
  old: Map<number, Scope>
}

const MAX_CHANNELS = 20_000
const MAX_OLD = 64
const HINT_LIMIT_MS = 200

/**
 * What this process knows of each channel's buckets: from its own compare-and-sets, from refusals, and from linearizable
 * reads. All of it was committed once; it may be behind, never ahead.
 */
export class Scopes {
  readonly #link: Link
  readonly #hint: ((channelId: Snowflake) => Promise<number>) | undefined
  readonly #known = new Map<Snowflake, Known>()

  constructor(link: Link, hint: ((channelId: Snowflake) => Promise<number>) | undefined) {
    this.#link = link
    this.#hint = hint
  }

  /** The newest bucket, as far as this process knows; learned when it knows nothing. Good enough to try a write on. */
  async tip(channelId: Snowflake, deadline: Deadline): Promise<Scope> {
    const known = this.#known.get(channelId)
    if (!known) return this.learnTip(channelId, deadline, bucketOf(Math.max(1, await this.#hintFor(channelId))))
    this.#touch(channelId, known)
    return known.tip
  }

  /** The newest bucket now: everything that was acked before this call is in it. */
  async freshTip(channelId: Snowflake, deadline: Deadline): Promise<Scope> {
    const tip = this.#known.get(channelId)?.tip
    if (!tip) return this.tip(channelId, deadline)
    const [now, next] = await Promise.all([
      this.#read(channelId, tip.bucket, deadline),
      isFull(tip) ? this.#read(channelId, tip.bucket + 1, deadline) : null,
    ])
    if ((now?.ver ?? null) === tip.ver && !next) return tip
    return this.learnTip(channelId, deadline, tip.bucket)
  }

  /** One bucket now, committed. */
  async fresh(channelId: Snowflake, bucket: number, deadline: Deadline): Promise<Scope | null> {
    const known = this.known(channelId, bucket)
    if (known && (await this.#read(channelId, bucket, deadline))?.ver === known.ver) return known
    return this.learn(channelId, bucket, deadline)
  }

  known(channelId: Snowflake, bucket: number): Scope | undefined {
    const known = this.#known.get(channelId)
    return known?.tip.bucket === bucket ? known.tip : known?.old.get(bucket)
  }

  /** Asks for a bucket by a linearizable read, which also finishes or buries a round that was left half done. */
  async learn(channelId: Snowflake, bucket: number, deadline: Deadline): Promise<Scope | null> {
    const scope = await this.#read(channelId, bucket, deadline, true)
    if (scope) this.remember(channelId, scope)
    return scope
  }

  /** Finds the newest bucket, beginning at one that is probably near it. */
  async learnTip(channelId: Snowflake, deadline: Deadline, from: number): Promise<Scope> {
    let bucket = from
    let scope = await this.learn(channelId, bucket, deadline)
    // A hint that was ahead of the log.
    while (!scope && bucket > 0) scope = await this.learn(channelId, --bucket, deadline)
    if (!scope) {
      this.forget(channelId)
      return this.remember(channelId, { bucket: 0, ver: null, head: 0, lastId: 0n })
    }
    while (isFull(scope)) {
      const further = await this.#gallop(channelId, scope.bucket, deadline)
      const next = await this.learn(channelId, Math.max(further, scope.bucket + 1), deadline)
      if (!next) return scope
      scope = next
    }
    return scope
  }

  /** Takes in what is known to be committed. Never goes back, unless the store itself said so in a refusal. */
  remember(channelId: Snowflake, scope: Scope, { refusal = false } = {}): Scope {
    const known = this.#known.get(channelId)
    if (!known) {
      this.#touch(channelId, { tip: scope, old: new Map() })
      return scope
    }
    this.#touch(channelId, known)
    const before = this.known(channelId, scope.bucket)
    if (before && (before.ver ?? 0) >= (scope.ver ?? 0) && !refusal) return before
    if (scope.bucket >= known.tip.bucket) {
      if (scope.bucket > known.tip.bucket) this.#keepOld(known, known.tip)
      known.tip = scope
    } else this.#keepOld(known, scope)
    return scope
  }

  forget(channelId: Snowflake): void {
    this.#known.delete(channelId)
  }

  #keepOld({ old }: Known, scope: Scope) {
    old.delete(scope.bucket)
    old.set(scope.bucket, scope)
    for (const bucket of old.keys()) if (old.size > MAX_OLD) old.delete(bucket)
  }

  #touch(channelId: Snowflake, known: Known) {
    this.#known.delete(channelId)
    this.#known.set(channelId, known)
    for (const id of this.#known.keys()) {
      if (this.#known.size <= MAX_CHANNELS) break
      this.#known.delete(id)
    }
  }

  async #read(channelId: Snowflake, bucket: number, deadline: Deadline, serial = false): Promise<Scope | null> {
    const [row] = await this.#link.read(deadline, SELECT_STATICS, [channelId, bucket], { serial })
    return toScope(bucket, row)
  }

  /** The last bucket that exists, in a logarithm of reads: buckets begin one after the other. */
  async #gallop(channelId: Snowflake, from: number, deadline: Deadline): Promise<number> {
    const exists = async (bucket: number) => (await this.#read(channelId, bucket, deadline)) !== null
    let last = from
    let step = 1
    for (; await exists(last + step); step *= 2) last += step
    for (step /= 2; step >= 1; step /= 2) if (await exists(last + step)) last += step
    return last
  }

  async #hintFor(channelId: Snowflake): Promise<number> {
    if (!this.#hint) return 0
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<number>((resolve) => {
      timer = setTimeout(resolve, HINT_LIMIT_MS, 0)
    })
    const hint = await Promise.race([this.#hint(channelId).catch(() => 0), late])
    clearTimeout(timer)
    return hint
  }
}
