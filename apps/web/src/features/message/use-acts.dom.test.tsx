import { type Message, type Poll, toPoll } from "@hearth/core"
import { renderHook } from "@testing-library/react"
import { expect, it, vi } from "vitest"
import { useActs } from "./use-acts.tsx"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("next/navigation", () => ({ useRouter: () => ({}) }))
vi.mock("@hearth/ui", async (actual) => ({ ...(await actual<object>()), useToast: () => ({}) }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "" }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: () => false,
  useGateway: () => ({}),
  useReadMarks: () => ({}),
}))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../trpc/client.ts", () => ({}))
vi.mock("./use-may.ts", () => ({ useMay: () => ({ send: true }) }))
vi.mock("./services.tsx", () => ({ useServices: () => ({}), useNameOf: () => () => undefined }))

const poll: Poll = { question: "?", options: ["a", "b"], several: false, secret: false, hours: 1, ended: false }
const actsOn = (given: Partial<Message>, me: string, parentId?: string) => {
  const message: Message = {
    channelId: "7",
    seq: 3,
    id: "70",
    mver: 1,
    version: 1,
    authorId: "2",
    nonce: "n",
    content: "",
    createdAt: 0,
    editedAt: null,
    deleted: false,
    replyTo: null,
    reactions: {},
    ...given,
  }
  const context = {
    guildId: "5",
    channelId: "7",
    me,
    highlighted: null,
    canModerate: false,
    mayReact: true,
    pinned: new Set<number>(),
    ...(parentId && { parentId }),
  }
  return renderHook(() => useActs(message, context, () => {})).result.current
}
const toolsOf = (asked: Poll, me: string) => actsOn({ content: toPoll(asked) }, me).map((act) => act.tool)

it("a poll may be ended by its author until it says that it was, whatever this clock says [6.13]", () => {
  expect(toolsOf(poll, "2")).toContain("endPoll")
  expect(toolsOf({ ...poll, ended: true }, "2")).not.toContain("endPoll")
  expect(toolsOf(poll, "1")).not.toContain("endPoll")
})

it("what is in a thread may be unread from there on, too, but neither pinned nor answered in a thread of its own", () => {
  const tools = actsOn({}, "1", "6").map((act) => act.tool)
  expect(tools).toContain("unread")
  expect(tools).not.toContain("thread")
  expect(tools).not.toContain("pin")
})

it("leads into the thread on it that is open already", async () => {
  window.history.replaceState(null, "", "/s/5/7/t/70")
  const pane = document.createElement("aside")
  pane.className = "thread-pane"
  pane.tabIndex = -1
  document.body.append(pane)
  const thread = { id: "70", replies: 1, lastAt: 0, people: ["2"] }
  actsOn({ thread }, "2")
    .find((act) => act.tool === "thread")
    ?.run()
  await vi.waitFor(() => expect(document.activeElement).toBe(pane))
  pane.remove()
})
