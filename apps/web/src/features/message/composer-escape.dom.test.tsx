import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { useEscapeKey } from "../shell/escape.ts"
import { Composer } from "./composer.tsx"

const { drafts } = vi.hoisted(() => {
  const edit = { seq: 1, version: 1, text: "half an edit", names: [] }
  const none = { text: "", names: [], replyTo: null, editing: null }
  const held: Record<string, object> = {}
  return {
    drafts: {
      held,
      begin: (room: object, thread: object) =>
        Object.assign(held, { "7": { ...none, ...room }, "70": { ...none, ...thread } }),
      edit,
      get: (id: string) => held[id],
      set: (id: string, change: object) => Object.assign(held, { [id]: { ...held[id], ...change } }),
      subscribe: () => () => {},
    },
  }
})
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "" }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({}) }))
vi.mock("../emoji/emoji-button.tsx", () => ({ EmojiButton: () => null }))
vi.mock("../gateway/provider.tsx", () => ({ useBootstrap: () => undefined, useGateway: () => ({}) }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../trpc/client.ts", () => ({}))
vi.mock("./outgoing-row.tsx", () => ({ outgoingActs: { get: () => null, load: async () => null, prepare: () => {} } }))
vi.mock("./services.tsx", () => ({ useServices: () => ({ drafts }), useNameOf: () => () => undefined }))
vi.mock("./use-may.ts", () => ({ useMay: () => ({ send: true, waits: false }) }))
vi.mock("../compose/suggestions.tsx", () => ({ Suggestions: () => null }))
vi.mock("../schedule/send-later.tsx", () => ({ SendLater: () => null }))
vi.mock("./answering.tsx", () => ({ Answering: () => null }))

const Page = () => {
  useEscapeKey()
  return (
    <>
      <main>
        <Composer guildId="5" channelId="7" />
      </main>
      <aside className="thread-pane">
        <Composer guildId="5" channelId="70" parentId="7" />
      </aside>
    </>
  )
}
const escIn = (field: number) => {
  screen.getAllByRole("textbox")[field]?.focus()
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" })
}

beforeEach(() => {
  const Observer = class {
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Observer)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it("Esc in a thread leaves the edit beside it in the channel", () => {
  drafts.begin({ editing: drafts.edit }, { editing: drafts.edit })
  render(<Page />)
  escIn(1)
  expect(drafts.held).toMatchObject({ "7": { editing: drafts.edit }, "70": { editing: null } })
  escIn(0)
  expect(drafts.held).toMatchObject({ "7": { editing: null } })
})

it("and the answer that was begun there, also while nothing in the thread is to be cancelled", () => {
  drafts.begin({ replyTo: 3 }, {})
  render(<Page />)
  escIn(1)
  expect(drafts.held).toMatchObject({ "7": { replyTo: 3 } })
  escIn(0)
  expect(drafts.held).toMatchObject({ "7": { replyTo: null } })
})
