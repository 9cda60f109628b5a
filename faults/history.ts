import { z } from "zod"

/** ms of the machine's monotonic clock, which is one for all its processes: of two events the earlier one was earlier. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6

const at = z.number()
const client = z.string()
const channel = z.string()
const seq = z.int().positive()
const id = z.string()
const body = z.string()

/** A message as somebody sees it. A deleted one has an empty body. */
export const Row = z.object({ seq, id, author: client, nonce: z.string(), body })
export type Row = z.infer<typeof Row>

/** What a client writes down, one JSON line an event. */
export const HistoryEvent = z.discriminatedUnion("type", [
  /** It will send so many messages. */
  z.object({ at, client, type: z.literal("planned"), count: z.int() }),
  z.object({ at, client, type: z.literal("joined") }),
  /** By somebody else; the removal was answered at this time. */
  z.object({ at, client, type: z.literal("removed") }),
  z.object({ at, client, type: z.literal("connected"), node: z.string() }),
  z.object({ at, client, type: z.literal("disconnected"), reason: z.string() }),
  /** The first try of a send. Retries are the same send. */
  z.object({ at, client, type: z.literal("invoke"), channel, nonce: z.string(), body }),
  z.object({ at, client, type: z.literal("ack"), channel, nonce: z.string(), id, seq }),
  /** A try that was not acked; it is sent again. */
  z.object({ at, client, type: z.literal("retry"), nonce: z.string(), code: z.string(), node: z.string() }),
  /** Not definite: whether it happened is not known. */
  z.object({
    at,
    client,
    type: z.literal("fail"),
    channel,
    nonce: z.string(),
    code: z.string(),
    definite: z.boolean(),
  }),
  /** The first try of an edit, or of a delete: then the body is empty. `edit` counts this client's edits. */
  z.object({ at, client, type: z.literal("edit"), edit: z.int(), channel, id, body }),
  z.object({ at, client, type: z.literal("edited"), edit: z.int() }),
  z.object({ at, client, type: z.literal("editFailed"), edit: z.int(), code: z.string() }),
  z.object({ at, client, type: z.literal("received"), channel, via: z.enum(["live", "resume", "history", "other"]) }),
  /** What is on its screen in the end: a window of the channel, from its first row to the present. */
  z.object({ at, client, type: z.literal("rendered"), channel, rows: z.array(Row) }),
  /** `hit` just before a fault, `seen` when its effect was, `healed` when it was taken back. */
  z.object({ at, client, type: z.literal("fault"), stage: z.enum(["hit", "seen", "healed"]), what: z.string() }),
])
export type HistoryEvent = z.infer<typeof HistoryEvent>
export type EventOf<T extends HistoryEvent["type"]> = Extract<HistoryEvent, { type: T }>

type Without<E> = E extends HistoryEvent ? Omit<E, "at" | "client"> : never
export type Note = (event: Without<HistoryEvent>) => void

export const toLines = (events: readonly HistoryEvent[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("")

export const fromLines = (text: string): HistoryEvent[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => HistoryEvent.parse(JSON.parse(line)))

/** Everything that all clients of a run wrote down, in order of time. */
export const createHistory = () => {
  const events: HistoryEvent[] = []
  return {
    events,
    /** The pen of one client. */
    of:
      (name: string): Note =>
      (event) =>
        void events.push({ ...event, at: now(), client: name } as HistoryEvent),
  }
}
export type History = ReturnType<typeof createHistory>
