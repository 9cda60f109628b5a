import { fireEvent, render, screen } from "@testing-library/react"
import type { ReactNode } from "react"
import { expect, it, vi } from "vitest"
import { NewConversationDialog } from "./new-conversation-dialog.tsx"

vi.mock("next-intl", () => ({
  useTranslations: () => (key: string, values?: { name?: string }) => [key, values?.name].filter(Boolean).join(" "),
}))
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  Dialog: ({ children }: { children: ReactNode }) => children,
}))
vi.mock("../presence/person-face.tsx", () => ({ PersonFace: () => null }))
vi.mock("../shell/complaint.tsx", () => ({ Complaint: () => null }))
vi.mock("../shell/go.ts", () => ({ goTo: () => () => {} }))
vi.mock("../shell/place.ts", () => ({ useChannel: () => undefined }))
vi.mock("../shell/use-action.ts", () => ({ useAction: () => ({ busy: false, error: null, send() {} }) }))
vi.mock("../trpc/index.ts", () => ({ trpc: {} }))
const people = ["Ada", "Bob"].map((displayName, i) => ({ id: String(i + 1), displayName }))
vi.mock("./use-found-people.ts", () => ({
  useFoundPeople: (typed: string) => ({
    people: people.filter((p) => p.displayName.startsWith(typed)),
    error: null,
    again() {},
  }),
}))

it("keeps the focus when what was pressed goes away", () => {
  render(<NewConversationDialog open onOpenChange={() => {}} />)
  const field = screen.getByRole("textbox")
  const press = (name: string) => {
    const button = screen.getByRole("button", { name })
    button.focus()
    fireEvent.click(button)
  }
  // Nothing was typed: the list stays, and the focus with it.
  press("Ada")
  expect(document.activeElement?.textContent).toBe("Ada")
  fireEvent.change(field, { target: { value: "B" } })
  press("Bob")
  expect(document.activeElement).toBe(field)
  press("takeOut Ada")
  expect(screen.queryByRole("button", { name: "takeOut Ada" })).toBeNull()
  expect(document.activeElement).toBe(field)
})
