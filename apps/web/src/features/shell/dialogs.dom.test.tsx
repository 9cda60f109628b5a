import { act, cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, expect, it, vi } from "vitest"
import { DialogsProvider, useAsk } from "./dialogs.tsx"
import { typeAhead } from "./type-ahead.ts"

vi.mock("next-intl", () => ({ useTranslations: () => (key: string) => key }))
const code = vi.hoisted(() => {
  let arrive = () => {}
  const there = new Promise<void>((resolve) => (arrive = resolve))
  return { there, arrive: () => arrive() }
})
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  prepareDialogs: () => {},
  useToast: () => ({ complain: () => {} }),
}))
vi.mock("./asked.tsx", async () => {
  await code.there
  return { Asked: ({ ask, open }: { ask: { kind: string }; open: boolean }) => open && <p>{ask.kind}</p> }
})
afterEach(() => {
  cleanup()
  typeAhead.stop()
})

const Page = () => {
  const ask = useAsk()
  return <button onClick={() => ask({ kind: "join" })}>Join</button>
}
const isHeld = (key: string) => !fireEvent.keyDown(document.body, { key })

it("while the switcher is loaded, another dialog or Escape gives the keys back", async () => {
  render(
    <DialogsProvider>
      <Page />
    </DialogsProvider>,
  )
  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true })
  expect(isHeld("a")).toBe(true)
  fireEvent.click(screen.getByRole("button"))
  expect(isHeld("a")).toBe(false)

  fireEvent.keyDown(document.body, { key: "k", ctrlKey: true })
  expect(isHeld("a")).toBe(true)
  fireEvent.keyDown(document.body, { key: "Escape" })
  expect(isHeld("a")).toBe(false)
  await act(async () => {
    code.arrive()
    await import("./asked.tsx")
  })
  expect(screen.queryByText("jump")).toBeNull()
  fireEvent.click(screen.getByRole("button"))
  expect(screen.getByText("join")).toBeTruthy()
})
