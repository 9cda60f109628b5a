import type { UserCard } from "@hearth/core"
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { type KeyboardEvent, useRef, useState } from "react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import type { Asked } from "./asked.ts"
import { suggestPeople } from "./suggest.ts"
import { Suggestions } from "./suggestions.tsx"

const people: UserCard[] = [
  { id: "1", displayName: "Maja" },
  { id: "2", displayName: "Maja Lindqvist" },
]
const guild = { guild: { id: "5", name: "Shed", ownerId: "1" }, roles: [] }
vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
const { draft } = vi.hoisted(() => ({
  draft: { editing: null as { names: [] } | null, names: [] as { at: number }[] },
}))
vi.mock("../message/services.tsx", () => ({
  useServices: () => ({ drafts: { type: () => {}, get: () => draft } }),
}))
vi.mock("./use-shortcodes.ts", () => ({ useShortcodes: () => {} }))
vi.mock("./use-suggestions.ts", () => ({
  useSuggestions: (_guild: string, _channel: string, asked: Asked | null) =>
    asked ? suggestPeople(asked.query, people, [], guild, false) : [],
}))

const sent = vi.fn()
const Field = () => {
  const field = useRef<HTMLTextAreaElement>(null)
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const [text, setText] = useState("")
  return (
    <>
      <textarea
        ref={field}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (keys.current?.(event) || event.key !== "Enter") return
          sent(text)
          setText("")
        }}
      />
      <Suggestions guildId="5" channelId="10" field={field} text={text} keys={keys} />
    </>
  )
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox")
const type = (text: string) => {
  fireEvent.input(field(), { target: { value: text } })
  act(() => {
    field().setSelectionRange(text.length, text.length)
    document.dispatchEvent(new Event("selectionchange"))
  })
}
const press = (key: string) => {
  fireEvent.keyDown(field(), { key })
  act(() => void document.dispatchEvent(new Event("selectionchange")))
}

beforeEach(() => {
  sent.mockClear()
  draft.names = []
  draft.editing = null
  Element.prototype.scrollIntoView = () => {}
  render(<Field />)
  field().focus()
})
afterEach(cleanup)

it("who was picked stays: Enter sends, though somebody is called so and more", () => {
  type("@ma")
  expect(screen.getAllByRole("option")).toHaveLength(2)
  press("Enter")
  expect(field().value).toBe("@Maja ")
  expect(screen.queryByRole("listbox")).toBeNull()
  press("Enter")
  expect(sent).toHaveBeenCalledExactlyOnceWith("@Maja ")
})

it("what was dismissed counts for as long as it stands there, and not in the next message", () => {
  type("@")
  press("Escape")
  expect(screen.queryByRole("listbox")).toBeNull()
  type("@ma")
  expect(screen.queryByRole("listbox")).toBeNull()
  press("Enter")
  expect(sent).toHaveBeenCalledExactlyOnceWith("@ma")
  type("@ma")
  expect(screen.getAllByRole("option")).toHaveLength(2)
})

it("what stands as somebody's name already is not asked for again: Enter sends", () => {
  draft.names = [{ at: 0 }]
  type("@Maja ")
  expect(screen.queryByRole("listbox")).toBeNull()
  press("Enter")
  expect(sent).toHaveBeenCalledExactlyOnceWith("@Maja ")
})

it("an edit is no command: nothing is suggested for one", () => {
  type("/ma")
  expect(screen.getAllByRole("option")).toHaveLength(2)
  draft.editing = { names: [] }
  type("")
  type("/ma")
  expect(screen.queryByRole("listbox")).toBeNull()
  type("@ma")
  expect(screen.getAllByRole("option")).toHaveLength(2)
})
