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
vi.mock("./services.tsx", () => ({ useServices: () => ({}), useNameOf: () => () => undefined }))

const poll: Poll = { question: "?", options: ["a", "b"], several: false, secret: false, hours: 1, ended: false }
const toolsOf = (asked: Poll, me: string) => {
  const message: Message = {
    channelId: "7",
    seq: 3,
    id: "70",
    mver: 1,
    version: 1,
    authorId: "2",
    nonce: "n",
    content: toPoll(asked),
    createdAt: 0,
    editedAt: null,
    deleted: false,
    replyTo: null,
    reactions: {},
  }
  const context = {
    guildId: "5",
    channelId: "7",
    me,
    highlighted: null,
    canModerate: false,
    mayReact: true,
    pinned: new Set<number>(),
  }
  return renderHook(() => useActs(message, context, () => {})).result.current.map((act) => act.tool)
}

it("a poll may be ended by its author until it says that it was, whatever this clock says [6.13]", () => {
  expect(toolsOf(poll, "2")).toContain("endPoll")
  expect(toolsOf({ ...poll, ended: true }, "2")).not.toContain("endPoll")
  expect(toolsOf(poll, "1")).not.toContain("endPoll")
})
