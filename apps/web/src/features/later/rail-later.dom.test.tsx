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
    (key: string, { n }: { n: number }) =>
      `${key} ${n}`,
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
  const { rerender } = render(<RailLater due={2} began={2} here={false} />)
  expect(screen.getByRole("link", { name: "link 2" }).getAttribute("href")).toBe("/later")
  expect(say).not.toHaveBeenCalled()
  const show = (due: number) => rerender(<RailLater due={due} began={2} here={false} />)
  show(5)
  expect(say.mock.calls).toEqual([["rang 3"]])
  show(1)
  show(0)
  expect(screen.queryByRole("link")).toBeNull()
  show(1)
  expect(say.mock.calls).toEqual([["rang 3"], ["rang 1"]])
})

it("says the one whose ringing brought it here", () => {
  render(<RailLater due={1} began={0} here />)
  expect(say.mock.calls).toEqual([["rang 1"]])
})
