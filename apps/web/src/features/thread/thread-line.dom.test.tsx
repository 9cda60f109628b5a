import type { Bootstrap } from "@hearth/core"
import { cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { ThreadLine } from "./thread-line.tsx"

const here = vi.hoisted(() => ({ thread: undefined as { id: string } | undefined }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/formats.ts", () => ({ useFormats: () => ({ date: String, clock: String }) }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ threads: [{ id: "9" }] } as Bootstrap),
}))
vi.mock("../message/services.tsx", () => ({ usePeople: () => [] }))
vi.mock("../shell/address-provider.tsx", () => ({ useAddress: () => here }))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ href, children }: React.ComponentProps<"a">) => <a href={href}>{children}</a>,
}))
afterEach(cleanup)

it("says that something is new in a thread, unless that is open", () => {
  const line = { id: "9", replies: 2, lastAt: 0, people: ["2"] }
  const { rerender } = render(<ThreadLine guildId="1" channelId="7" line={line} />)
  expect(screen.queryByText("new")).not.toBeNull()
  here.thread = { id: "9" }
  rerender(<ThreadLine guildId="1" channelId="7" line={{ ...line }} />)
  expect(screen.queryByText("new")).toBeNull()
})
