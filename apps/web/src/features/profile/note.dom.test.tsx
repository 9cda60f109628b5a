import { MAX_NOTE_POINTS, NoteRequest } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { Note } from "./note.tsx"

const held = vi.hoisted(() => ({ setNote: vi.fn<(input: { note: string }) => Promise<object>>(async () => ({})) }))
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  useToast: () => ({ complain() {} }),
}))
vi.mock("../../i18n/error-text.ts", () => ({ useErrorText: () => () => "" }))
vi.mock("../trpc/index.ts", () => ({ toAppError: () => {}, trpc: { user: { setNote: { mutate: held.setNote } } } }))
afterEach(cleanup)

it("takes as many characters as the server does, and no more, also of those that are two to JavaScript", () => {
  render(<Note userId="2" kept="" />)
  const field = screen.getByRole("textbox")
  fireEvent.change(field, { target: { value: "🔭".repeat(MAX_NOTE_POINTS + 1) } })
  fireEvent.blur(field)
  expect(held.setNote).toHaveBeenCalledWith({ userId: "2", note: "🔭".repeat(MAX_NOTE_POINTS) })
  expect(NoteRequest.safeParse(held.setNote.mock.calls[0]?.[0]).success).toBe(true)
  expect(field.hasAttribute("maxlength")).toBe(false)
})
