import type { Message } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import type { Mark } from "./marks.ts"
import { ReceiptMark } from "./receipt-mark.tsx"

const ask = vi.hoisted(() => vi.fn())
const here = vi.hoisted(() => ({ kind: "direct", mark: null as unknown }))
vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: object) => [key, ...Object.values(values ?? {})].join(" "),
}))
vi.mock("../shell/dialogs.tsx", () => ({ useAsk: () => ask }))
vi.mock("../gateway/provider.tsx", () => ({
  useBootstrap: (select: (b: object) => unknown) =>
    select({ guilds: [{ guild: { id: "7" }, conversation: { kind: here.kind } }] }),
}))
vi.mock("./use-receipts.ts", () => ({ useMark: () => here.mark }))
afterEach(cleanup)

const mark = (some: Partial<Mark>): Mark => ({ reached: "sent", readers: [], read: 0, delivered: 0, of: 1, ...some })
const draw = (kind: "direct" | "group", shown: Mark | null) => {
  Object.assign(here, { kind, mark: shown })
  return render(<ReceiptMark message={{ channelId: "7", seq: 3 } as Message} />)
}

it("of two it says in a word how far it has come, and nothing leads anywhere", () => {
  for (const reached of ["sent", "delivered", "read"] as const) {
    draw("direct", mark({ reached }))
    expect(screen.getByRole("img", { name: reached }).dataset["reached"]).toBe(reached)
    expect(screen.queryByRole("button")).toBeNull()
    cleanup()
  }
  expect(draw("direct", null).container.innerHTML).toBe("")
})

it("of a group it says how many, shows whom, and leads to the names", () => {
  draw("group", mark({ of: 3 }))
  expect(screen.getByRole("button", { name: "sent" })).toBeTruthy()
  cleanup()
  draw("group", mark({ delivered: 2, of: 3 }))
  expect(screen.getByRole("button", { name: "deliveredTo 2 3" })).toBeTruthy()
  cleanup()
  const readers = ["a", "b", "c", "d", "e"].map((id) => ({ id, displayName: id }))
  const { container } = draw("group", mark({ reached: "delivered", readers, read: 5, delivered: 9, of: 9 }))
  expect(container.querySelectorAll(".face")).toHaveLength(3)
  expect(screen.getByText("+2")).toBeTruthy()
  fireEvent.click(screen.getByRole("button", { name: "readBy 5 9" }))
  expect(ask).toHaveBeenCalledExactlyOnceWith({ kind: "receipts", channelId: "7", seq: 3 })
})
