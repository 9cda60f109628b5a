import { setImmediate as turn, setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { databaseAway } from "./failure.ts"

export interface PulseOptions {
  /** What the connections are made with. */
  config: pg.ClientConfig
  /** Nobody wants to hear of it any more. */
  ended: () => boolean
  /** A question may take long. From so many ms on it is asked whether the server lives at all. */
  suspectMs?: number
  /** How long a living server may take to say anything to a new connection, in ms. */
  signMs?: number
  /** How long a question may take that a living server answers, in ms: longer than the server allows. */
  longestMs?: number
  /** How long one that was silent is left alone, in ms. */
  retryMs?: number
}

/** So much later than it was to be, a timer tells of a process that stood still. */
const STALL_MS = 100

/** What a line that waits for the server looks like from here. */
interface Line {
  connection: { stream: { destroy(): void } }
}

/**
 * Tells a server that is slow, or waits for a lock, from one that is frozen or gone: only the first says something to whoever
 * comes. A frozen one keeps its connections open and never answers, so nobody else would end the wait.
 */
export class Pulse {
  readonly #options: Required<PulseOptions>
  readonly #lines = new Set<Line>()
  /** Which lines wait, and since when. */
  readonly #waiting = new Map<Line, number>()
  #heardAt = 0
  #looks = false
  #away = false

  constructor(options: PulseOptions) {
    this.#options = { suspectMs: 300, signMs: 800, longestMs: 11_000, retryMs: 500, ...options }
  }

  /** While the server is away nothing is begun. */
  get away(): boolean {
    return this.#away
  }

  open(line: Line): void {
    this.#lines.add(line)
    this.asks(line)
  }

  asks(line: Line): void {
    if (!this.#waiting.has(line)) this.#waiting.set(line, performance.now())
    if (!this.#looks) void this.#look()
  }

  /** It said something; it may have been asked more. */
  heard(line: Line): void {
    this.#heardAt = performance.now()
    if (this.#waiting.has(line)) this.#waiting.set(line, this.#heardAt)
  }

  /** It said all that it was asked. */
  answered(line: Line): void {
    this.heard(line)
    this.#waiting.delete(line)
  }

  close(line: Line): void {
    this.#lines.delete(line)
    this.#waiting.delete(line)
  }

  async #look(): Promise<void> {
    this.#looks = true
    while (this.#waiting.size > 0) {
      const oldest = performance.now() - Math.min(...this.#waiting.values())
      if (oldest < this.#options.suspectMs) await this.#pause(this.#options.suspectMs - oldest)
      else if (!(await this.#beats())) await this.#silence()
      else {
        this.#endOverdue()
        await this.#pause(this.#options.suspectMs)
      }
    }
    this.#looks = false
  }

  /** A server that lives would have ended these questions itself. */
  #endOverdue(): void {
    for (const [line, since] of this.#waiting)
      if (performance.now() - since > this.#options.longestMs) line.connection.stream.destroy()
  }

  /** Ends every connection: whoever waits is told at once, and none of them is used again. Then waits until the server is back. */
  async #silence(): Promise<void> {
    this.#away = true
    for (const line of this.#lines) line.connection.stream.destroy()
    this.#lines.clear()
    this.#waiting.clear()
    do await this.#pause(this.#options.retryMs)
    while (!this.#options.ended() && !(await this.#beats()))
    this.#away = false
  }

  /** Whether the server says anything: to somebody who waits, or to a new connection, be it that there is no room for one. */
  async #beats(): Promise<boolean> {
    const began = performance.now()
    const client = new pg.Client(this.#options.config)
    const { stream } = client.connection
    const sign = new Promise<boolean>((resolve) => {
      stream.once("data", () => resolve(true))
      client.on("error", () => resolve(false))
      client.connect().catch(() => resolve(false))
    })
    try {
      const { signMs } = this.#options
      const late = this.#pause(signMs).then(() => this.#heardAt >= began)
      const beats = await Promise.race([sign, late])
      // Who stood still oneself did not even ask in time.
      if (!beats && performance.now() - began > signMs + STALL_MS)
        return await Promise.race([sign, this.#pause(signMs).then(() => this.#heardAt >= began)])
      return beats
    } finally {
      stream.destroy()
    }
  }

  /** A process that stood still has answers that it did not read yet. */
  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { ref: false })
    await turn()
    await turn()
  }
}

/** Connections that a pulse listens to. */
export const watchedBy = (pulse: Pulse): typeof pg.Client =>
  class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config)
      const ask = this.query.bind(this) as (...args: unknown[]) => unknown
      this.query = ((...args: unknown[]) => {
        pulse.asks(this)
        return ask(...args)
      }) as typeof this.query
      const connect = this.connect.bind(this) as (done: (error: Error | null) => void) => void
      // The pool calls it, with a callback.
      this.connect = ((done: (error: Error | null, client?: pg.Client) => void) => {
        if (pulse.away) return process.nextTick(done, databaseAway())
        pulse.open(this)
        connect((error) => {
          if (error) pulse.close(this)
          done(error, this)
        })
      }) as typeof this.connect
      // Before node-postgres hears of it, and has somebody ask the next question.
      this.connection.once("readyForQuery", () => pulse.answered(this))
      this.connection.on("readyForQuery", () => pulse.heard(this))
      this.on("drain", () => pulse.answered(this))
      this.on("error", () => pulse.close(this))
      this.on("end", () => pulse.close(this))
    }
  }
