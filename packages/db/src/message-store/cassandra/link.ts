import { setTimeout as delay } from "node:timers/promises"
import cassandra from "cassandra-driver"
import { requireVersion, schemaVersion } from "../../schema-version.ts"
import { StoreAway } from "../breaker.ts"
import { type CassandraAddress, connectCassandra } from "./connect.ts"
import { judgeSettings, readSettings } from "./settings.ts"

const { consistencies } = cassandra.types

export interface LinkOptions extends CassandraAddress {
  keyspace: string
  /** Told each time that no connection could be made, with the reason. */
  onError: (error: Error) => void
  /** Told once connected, when a node is set so that messages are slower or less durable than they should be. One sentence each. */
  onDoubts?: (doubts: string[]) => void
  retryMs?: number
}

export interface Statement {
  query: string
  params: unknown[]
}
export type Rows = cassandra.types.Row[]

/** When a call has to have its answer. */
export class Deadline {
  readonly #at: number
  constructor(ms: number) {
    this.#at = performance.now() + ms
  }
  has(ms: number): boolean {
    return this.#at - performance.now() >= ms
  }
  /** In ms, for the next request. Throws when there is no time for one. */
  left(atMost = Number.POSITIVE_INFINITY): number {
    const left = Math.floor(this.#at - performance.now())
    if (left < 10) throw new StoreAway("out of time")
    return Math.min(left, atMost)
  }
}

/**
 * A keyspace that may be away: also at the start, and then for as long as it takes. A client whose first connect failed
 * never works, so each attempt makes a new one; one that has worked heals itself.
 */
export class Link {
  readonly #options: Required<Omit<LinkOptions, "localDc" | "onDoubts">> &
    Pick<LinkOptions, "onDoubts"> &
    CassandraAddress
  #client: cassandra.Client | undefined
  #attempt: Promise<void>
  readonly #closed = new AbortController()
  #failure: Error | undefined

  constructor(options: LinkOptions) {
    this.#options = { retryMs: 1000, ...options }
    this.#attempt = this.#connect()
    void this.#keepTrying()
  }

  /** LOCAL_QUORUM unless told otherwise; with `serial` it is linearizable, and finishes a half-done round. */
  async read(deadline: Deadline, query: string, params: unknown[], { serial = false } = {}): Promise<Rows> {
    const client = await this.#ready()
    const { rows } = await client.execute(query, params, {
      isIdempotent: true,
      readTimeout: deadline.left(),
      ...(serial && { consistency: consistencies.localSerial }),
    })
    return rows
  }

  /** The same for what may be long, a page at a time. */
  async *pages(deadline: Deadline, query: string, params: unknown[], fetchSize: number): AsyncGenerator<Rows> {
    const client = await this.#ready()
    let pageState: string | undefined
    do {
      const options = { isIdempotent: true, readTimeout: deadline.left(), fetchSize, autoPage: false, pageState }
      const { rows, pageState: next } = await client.execute(query, params, options)
      yield rows
      pageState = next ?? undefined
    } while (pageState)
  }

  /** A plain write that may be repeated. */
  async write(deadline: Deadline, query: string, params: unknown[]): Promise<void> {
    const client = await this.#ready()
    await client.execute(query, params, { isIdempotent: true, readTimeout: deadline.left() })
  }

  /** A conditional batch, never repeated by the driver. Only the first row counts: Scylla answers one a statement. */
  async compareAndSet(deadline: Deadline, statements: Statement[], timeoutMs: number) {
    const client = await this.#ready()
    const answer = await client.batch(statements, {
      prepare: true,
      logged: false,
      isIdempotent: false,
      consistency: consistencies.localQuorum,
      serialConsistency: consistencies.localSerial,
      readTimeout: deadline.left(timeoutMs),
    })
    const row = answer.first()
    return { applied: row.get("[applied]") === true, row }
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.#attempt.catch(() => {})
    await this.#client?.shutdown()
  }

  async #ready(): Promise<cassandra.Client> {
    if (!this.#client) await this.#attempt
    if (!this.#client) throw this.#failure ?? new StoreAway("not connected")
    return this.#client
  }

  async #connect(): Promise<void> {
    const { keyspace, onDoubts, ...address } = this.#options
    try {
      const client = await connectCassandra(address, { keyspace })
      try {
        await assertKeyspace(client)
      } catch (error) {
        await client.shutdown()
        throw error
      }
      this.#client = client
      if (onDoubts) void this.#doubt(client, onDoubts)
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error))
      this.#failure = new StoreAway(`Cassandra is out of reach: ${reason.message}`, { cause: reason })
      if (!this.#closed.signal.aborted) this.#options.onError(reason)
    }
  }

  /** Nobody waits for it, and a node that does not answer is not judged. */
  async #doubt(client: cassandra.Client, onDoubts: (doubts: string[]) => void) {
    const doubts = judgeSettings(await readSettings(client))
    if (doubts.length > 0 && !this.#closed.signal.aborted) onDoubts(doubts)
  }

  async #keepTrying() {
    await this.#attempt
    while (!this.#client && !this.#closed.signal.aborted) {
      await delay(this.#options.retryMs, undefined, { signal: this.#closed.signal }).catch(() => {})
      if (this.#closed.signal.aborted) return
      this.#attempt = this.#connect()
      await this.#attempt
    }
  }
}

/** A keyspace that is behind this code is as good as none. */
const assertKeyspace = async (client: cassandra.Client) => {
  const { rows } = await client.execute("SELECT version FROM schema_versions")
  requireVersion("Cassandra", rows.length, schemaVersion.cassandra)
}
