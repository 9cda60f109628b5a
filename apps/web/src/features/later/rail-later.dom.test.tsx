import { cleanup, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { RailLater } from "./rail-later.tsx"

const say = vi.hoisted(() => vi.fn())
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  useToast: () => ({ say }),
  Tooltip: ({ children }: { children: React.ReactNode }) => children,
}))
vi.mock("next-intl", () => ({
  useTranslations:
    () =>
    (key: string, { n, unsent }: { n: number; unsent?: number }) =>
      [key, n, unsent].filter((part) => part !== undefined).join(" "),
}))
vi.mock("../shell/link.tsx", () => ({
  Link: ({ href, children, ...rest }: React.ComponentProps<"a">) => (
    <a href={href} aria-label={rest["aria-label"]}>
      {children}
    </a>
  ),
}))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
afterEach(() => {
  cleanup()
  say.mockClear()
})

it("says what rings, and not what rang before the page began or was put away", () => {
  const { rerender } = render(<RailLater due={2} unsent={0} began={{ due: 2, unsent: 0 }} here={false} />)
  expect(screen.getByRole("link", { name: "link 2 0" }).getAttribute("href")).toBe("/later")
  expect(say).not.toHaveBeenCalled()
  const show = (due: number) => rerender(<RailLater due={due} unsent={0} began={{ due: 2, unsent: 0 }} here={false} />)
  show(5)
  expect(say.mock.calls).toEqual([["rang 3"]])
  show(1)
  show(0)
  expect(screen.queryByRole("link")).toBeNull()
  show(1)
  expect(say.mock.calls).toEqual([["rang 3"], ["rang 1"]])
})

it("says the one whose ringing brought it here", () => {
  render(<RailLater due={1} unsent={0} began={{ due: 0, unsent: 0 }} here />)
  expect(say.mock.calls).toEqual([["rang 1"]])
})

it("says what could not be sent, and leads to it where nothing else waits", () => {
  const began = { due: 0, unsent: 1 }
  const { rerender } = render(<RailLater due={0} unsent={1} began={began} here={false} />)
  expect(screen.getByRole("link", { name: "link 0 1" }).getAttribute("href")).toBe("/later/scheduled")
  expect(say).not.toHaveBeenCalled()
  rerender(<RailLater due={1} unsent={3} began={began} here={false} />)
  expect(say.mock.calls).toEqual([["rang 1"], ["unsent 2"]])
  expect(screen.getByRole("link", { name: "link 1 3" }).getAttribute("href")).toBe("/later")
  rerender(<RailLater due={0} unsent={0} began={began} here={false} />)
  expect(screen.queryByRole("link")).toBeNull()
})
