import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { useRef, useState } from "react"
import { afterEach, expect, test } from "vitest"
import { PopoverPopup } from "./popover-parts.tsx"

// Its parts are loaded when it is first opened, on a machine that others use, too.
configure({ asyncUtilTimeout: 20_000 })
afterEach(cleanup)

const Room = () => {
  const button = useRef<HTMLButtonElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <input aria-label="Field" ref={field} />
      <input aria-label="Elsewhere" />
      <button type="button" ref={button} onClick={() => setOpen(!open)}>
        Pick
      </button>
      <PopoverPopup
        open={open}
        onOpenChange={setOpen}
        anchor={button}
        returnTo={field}
        label="Picker"
        side="top"
        align="end"
      >
        <button type="button" onClick={() => setOpen(false)}>
          This one
        </button>
      </PopoverPopup>
    </>
  )
}

const pick = async () => {
  render(<Room />)
  fireEvent.click(screen.getByRole("button", { name: "Pick" }))
  const item = await screen.findByRole("button", { name: "This one" })
  await waitFor(() => expect(document.activeElement).toBe(item))
  return item
}
const closed = () => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())

test("what was picked leads back to the field", async () => {
  fireEvent.click(await pick())
  await closed()
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Field")))
})

test("who has gone elsewhere before it has faded stays there", async () => {
  const item = await pick()
  const { promise: finished, resolve: fade } = Promise.withResolvers<void>()
  Element.prototype.getAnimations = () => [{ finished, playState: "running" } as unknown as Animation]
  try {
    const popup = screen.getByRole("dialog")
    fireEvent.click(item)
    await waitFor(() => expect(popup.hasAttribute("data-closed")).toBe(true))
    screen.getByLabelText("Elsewhere").focus()
    fade()
    await closed()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(document.activeElement).toBe(screen.getByLabelText("Elsewhere"))
  } finally {
    Reflect.deleteProperty(Element.prototype, "getAnimations")
  }
})
