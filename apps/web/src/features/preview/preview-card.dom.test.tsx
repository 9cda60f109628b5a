import type { Message, Preview } from "@hearth/core"
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { PreviewCard } from "./preview-card.tsx"

const parts = vi.hoisted(() => ({ request: vi.fn(), changed: vi.fn(), complain: vi.fn() }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "no" }))
vi.mock("../gateway/provider.tsx", () => ({ useGateway: () => ({ request: parts.request }) }))
vi.mock("../message/services.tsx", () => ({ useServices: () => ({ history: { changed: parts.changed } }) }))
vi.mock("../trpc/client.ts", () => ({ toAppError: (error: unknown) => error }))
vi.mock("@hearth/ui", () => ({
  IconButton: ({ label, onClick }: { label: string; onClick: () => void }) => (
    <button type="button" aria-label={label} onClick={onClick} />
  ),
  useToast: () => ({ complain: parts.complain }),
  XIcon: () => null,
}))
afterEach(cleanup)
beforeEach(() => vi.resetAllMocks())

const preview: Preview = {
  url: "https://example.org/a",
  site: "example.org · Site",
  title: "<b>A page</b>",
  text: "What it says",
  picture: { id: "abcdefghijklmnopqrstuvwx", width: 160, height: 160 },
}
const message = { channelId: "7", seq: 3, authorId: "2", previews: [preview] } as unknown as Message
const draw = (me: string, { canModerate = false, first = true } = {}) => {
  const context = {
    guildId: "5",
    channelId: "7",
    me,
    highlighted: null,
    canModerate,
    mayReact: true,
    pinned: new Set<number>(),
  }
  return render(
    <article tabIndex={-1}>
      <PreviewCard {...{ preview, message, context, first }} />
    </article>,
  )
}

it("leads to the page in a new tab, says what the page says as text, and has its picture from here", () => {
  draw("1")
  const link = screen.getByRole("link")
  expect(link.getAttribute("href")).toBe(preview.url)
  expect(link.getAttribute("target")).toBe("_blank")
  expect(link.getAttribute("rel")).toContain("noopener")
  expect(screen.getByText("<b>A page</b>")).toBeTruthy()
  expect(screen.getByText("What it says")).toBeTruthy()
  const picture = document.querySelector("img")
  expect(picture?.getAttribute("src")).toBe("/api/preview/abcdefghijklmnopqrstuvwx/picture")
  expect(picture?.getAttribute("alt")).toBe("")
})

it("is taken away by the message's author and by who moderates, and by nobody else; all of them by the first", () => {
  for (const [me, options, buttons] of [
    ["1", {}, 0],
    ["2", {}, 1],
    ["1", { canModerate: true }, 1],
    ["2", { first: false }, 0],
  ] as const) {
    draw(me, options)
    expect(screen.queryAllByRole("button")).toHaveLength(buttons)
    cleanup()
  }
})

it("hands the focus to its message as it goes, and complains when it cannot", async () => {
  const changed = { ...message, previews: [] }
  parts.request.mockResolvedValueOnce({ message: changed })
  draw("2")
  fireEvent.click(screen.getByRole("button"))
  expect(document.activeElement?.tagName).toBe("ARTICLE")
  await waitFor(() => expect(parts.changed).toHaveBeenCalledExactlyOnceWith(changed))
  expect(parts.request).toHaveBeenCalledWith("preview:remove", { channelId: "7", seq: 3 })
  parts.request.mockRejectedValueOnce(new Error("away"))
  fireEvent.click(screen.getByRole("button"))
  await waitFor(() => expect(parts.complain).toHaveBeenCalledExactlyOnceWith("no"))
})
