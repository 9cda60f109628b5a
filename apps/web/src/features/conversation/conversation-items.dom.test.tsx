import type { Bootstrap } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { afterEach, expect, it, vi } from "vitest"
import { ConversationItems } from "./conversation-items.tsx"
import type { Talk } from "./use-conversations.ts"

const held = vi.hoisted(() => ({ asked: [] as unknown[] }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  MenuItem: ({ children, onSelect }: { children: ReactNode; onSelect: () => void }) => (
    <button type="button" onClick={onSelect}>
      {children}
    </button>
  ),
  MenuSeparator: () => null,
  useToast: () => ({ say() {}, complain() {} }),
}))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => String }))
vi.mock("../gateway/index.ts", () => ({
  useBootstrap: (select: (b: Bootstrap) => unknown) => select({ me: { id: "1" } } as Bootstrap),
}))
// Neither writes, whoever of them blocked the other.
vi.mock("../message/index.ts", () => ({ useMay: () => ({ send: false }) }))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => () => {} }))
vi.mock("../trpc/index.ts", () => ({
  toAppError: (error: unknown) => error,
  trpc: { conversation: { block: { mutate: async (input: unknown) => held.asked.push(input) } } },
}))
afterEach(cleanup)

const talk = (blocked?: true) =>
  ({
    guild: { id: "7" },
    conversation: {
      kind: "direct",
      ownerId: null,
      people: [{ id: "2", displayName: "Bob" }],
      count: 2,
      muted: false,
      pending: false,
      ...(blocked && { blocked }),
    },
  }) as Talk

it("offers to block whom one did not block, also where one may not write, and else to unblock", () => {
  const { rerender } = render(<ConversationItems talk={talk()} />)
  expect(screen.queryByRole("button", { name: "unblock" })).toBeNull()
  fireEvent.click(screen.getByRole("button", { name: "block" }))
  rerender(<ConversationItems talk={talk(true)} />)
  fireEvent.click(screen.getByRole("button", { name: "unblock" }))
  expect(held.asked).toEqual([
    { userId: "2", blocked: true },
    { userId: "2", blocked: false },
  ])
})
