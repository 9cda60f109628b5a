import { type ChannelView, MAX_SPAN, type Message, type Mvers, PAGE_LIMIT, type Snowflake } from "@hearth/core"

export interface VerifyDeps {
  channelId: Snowflake
  /** What is held, now. */
  view(): ChannelView
  mvers(input: { channelId: Snowflake; from: number; limit: number }): Promise<Mvers>
  page(input: {
    channelId: Snowflake
    after: number
    limit: number
  }): Promise<{ page: { messages: readonly Message[] } }>
  /** Takes a message as it is now. */
  changed(message: Message): void
  /** Fetches what came since. */
  resume(): void
}

/** Compares all that is held with what the server has, and mends what differs. Answers how many messages that were. */
export const verify = async ({ channelId, view, mvers, page, changed, resume }: VerifyDeps): Promise<number> => {
  const { span } = view()
  if (!span) return 0
  let mended = 0
  let head = 0
  for (let from = span.from; from <= span.to; from += MAX_SPAN) {
    const told = await mvers({ channelId, from, limit: Math.min(MAX_SPAN, span.to - from + 1) })
    head = Math.max(head, told.head)
    // As it is held by now: what came while it was asked is no fault.
    const now = view()
    const heldAt = (seq: number) => (now.span ? now.messages[seq - now.span.from] : undefined)
    let behind = told.mvers.flatMap((mver, i) => ((heldAt(from + i)?.mver ?? mver) < mver ? [from + i] : []))
    mended += behind.length
    while (behind[0] !== undefined) {
      const after = behind[0] - 1
      const { messages } = (await page({ channelId, after, limit: PAGE_LIMIT })).page
      for (const message of messages) changed(message)
      behind = behind.filter((seq) => seq > after + PAGE_LIMIT)
    }
  }
  const { span: held, live } = view()
  if (live && held && head > held.to) {
    mended += head - held.to
    resume()
  }
  return mended
}
