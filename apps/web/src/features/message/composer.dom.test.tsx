import { cleanup, configure, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { Composer } from "./composer.tsx"

const { draft } = vi.hoisted(() => ({ draft: { text: "", names: [], replyTo: null, editing: null } }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "" }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({}) }))
vi.mock("../emoji/emoji-button.tsx", () => ({ EmojiButton: () => null }))
vi.mock("../gateway/provider.tsx", () => ({ useBootstrap: () => undefined, useGateway: () => ({}) }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../shell/escape.ts", () => ({ useEscape: () => {} }))
vi.mock("../trpc/client.ts", () => ({}))
vi.mock("./outgoing-row.tsx", () => ({ outgoingActs: { get: () => null, load: async () => null, prepare: () => {} } }))
vi.mock("./services.tsx", () => ({
  useServices: () => ({ drafts: { get: () => draft, subscribe: () => () => {} } }),
  useNameOf: () => () => undefined,
}))
vi.mock("./use-may.ts", () => ({ useMay: () => ({ send: true, waits: false }) }))
vi.mock("../compose/suggestions.tsx", () => ({ Suggestions: () => null }))
vi.mock("../schedule/send-later.tsx", () => ({
  SendLater: ({ shown }: { shown: boolean }) => <output>{shown ? "may wait" : "is for now"}</output>,
}))

// What is loaded on demand comes late on a machine that others use, too.
configure({ asyncUtilTimeout: 20_000 })
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

it.each([
  ["hello", "may wait"],
  // It opens a dialog now, and to the server it would be words.
  ["/poll Cake?", "is for now"],
  ["/polls are fine", "may wait"],
])("%j %s", async (text, said) => {
  const Observer = class {
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal("ResizeObserver", Observer)
  draft.text = text
  render(<Composer guildId="5" channelId="7" />)
  expect((await screen.findByRole("status")).textContent).toBe(said)
})
