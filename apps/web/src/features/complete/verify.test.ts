import { type ChannelView, emptyView, type Message } from "@hearth/core"
import { expect, it } from "vitest"
import { verify } from "./verify.ts"

const message = (seq: number, mver: number) => ({ channelId: "10", seq, mver, content: `${seq} at ${mver}` }) as Message

/** A server with so many messages, and a view of some of them. */
const bed = (head: number, from: number, to: number) => {
  const log = Array.from({ length: head }, (_, i) => message(i + 1, i + 1))
  let view: ChannelView = {
    ...emptyView("10"),
    span: { from, to },
    messages: log.slice(from - 1, to),
    head: to,
    live: true,
  }
  const asked: string[] = []
  const deps = {
    channelId: "10",
    view: () => view,
    mvers: async ({ from: first, limit }: { from: number; limit: number }) => {
      asked.push(`mvers ${first}+${limit}`)
      return { head, mvers: log.slice(first - 1, first - 1 + limit).map((m) => m.mver) }
    },
    page: async ({ after, limit }: { after: number; limit: number }) => {
      asked.push(`page ${after}+${limit}`)
      return { page: { messages: log.slice(after, after + limit) } }
    },
    changed: (m: Message) => {
      view = { ...view, messages: view.messages.map((held) => (held.seq === m.seq && held.mver < m.mver ? m : held)) }
    },
    resume: () => void asked.push("resume"),
  }
  const change = (seq: number, mver: number) => {
    log[seq - 1] = message(seq, mver)
  }
  return { deps, asked, change, log, view: () => view }
}

it("[5.25] says that everything is here, and asks for no message", async () => {
  const { deps, asked } = bed(1300, 101, 1300)
  expect(await verify(deps)).toBe(0)
  expect(asked).toEqual(["mvers 101+500", "mvers 601+500", "mvers 1101+200"])
})

it("[5.25] mends what is older here than there, in pages", async () => {
  const { deps, asked, change, log, view } = bed(700, 101, 700)
  for (const seq of [101, 150, 420]) change(seq, 9000)
  expect(await verify(deps)).toBe(3)
  expect(view().messages).toEqual(log.slice(100))
  expect(asked).toEqual(["mvers 101+500", "page 100+100", "page 419+100", "mvers 601+100"])
})

it("fetches what came since, and leaves alone what is newer here than in the answer", async () => {
  const { deps, asked, change } = bed(30, 1, 20)
  deps.changed(message(5, 9000))
  expect(await verify(deps)).toBe(10)
  expect(asked).toEqual(["mvers 1+20", "resume"])
  change(5, 9000)
  expect(await verify({ ...deps, view: () => ({ ...deps.view(), live: false }) })).toBe(0)
})
