import type { Bootstrap, Message, OpenedThread } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { Following } from "./following.tsx"

const held = vi.hoisted(() => ({ messages: [] as { seq: number; authorId: string }[] }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => String }))
vi.mock("@hearth/ui", async (actual) => ({ ...(await actual<object>()), useToast: () => ({ complain: () => {} }) }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ me: { id: "1" } } as Bootstrap),
}))
vi.mock("../message/index.ts", () => ({
  useChannel: () => ({ view: { messages: held.messages as Pick<Message, "seq" | "authorId">[] } }),
}))
vi.mock("../trpc/client.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: { thread: { follow: { mutate: async () => ({ following: false, muted: false }) } } },
}))
afterEach(cleanup)

const thread = (of: Partial<OpenedThread>) =>
  ({ id: "9", channelId: "7", replies: 2, following: false, muted: false, ...of }) as OpenedThread

it("follows the thread once one has answered in it, until one does not want to", async () => {
  held.messages = [
    { seq: 1, authorId: "1" },
    { seq: 2, authorId: "2" },
  ]
  const { rerender } = render(<Following thread={thread({})} />)
  expect(screen.queryByRole("button", { name: "follow" })).not.toBeNull()
  held.messages = [...held.messages, { seq: 3, authorId: "1" }]
  rerender(<Following thread={thread({})} />)
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "unfollow" })))
  held.messages = [...held.messages, { seq: 4, authorId: "2" }]
  rerender(<Following thread={thread({})} />)
  expect(screen.queryByRole("button", { name: "follow" })).not.toBeNull()
})

it("leaves a muted one muted when one answers", () => {
  held.messages = [{ seq: 3, authorId: "1" }]
  render(<Following thread={thread({ following: true, muted: true })} />)
  expect(screen.queryByRole("button", { name: "unmute" })).not.toBeNull()
})
