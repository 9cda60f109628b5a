import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react"
import { afterEach, expect, test } from "vitest"
import { Menu, MenuItem } from "./menu.tsx"

// Its parts are loaded when it is first opened, on a machine that others use, too.
configure({ asyncUtilTimeout: 20_000 })
afterEach(cleanup)

const Room = ({ onSelect }: { onSelect: () => void }) => (
  <>
    <Menu trigger={<button type="button">Add</button>}>
      <MenuItem onSelect={onSelect}>Create</MenuItem>
    </Menu>
    <input aria-label="Name" />
  </>
)

const openedBy = async (onSelect: () => void) => {
  render(<Room onSelect={onSelect} />)
  const button = screen.getByRole("button", { name: "Add" })
  button.focus()
  fireEvent.click(button)
  const item = await screen.findByRole("menuitem", { name: "Create" })
  await waitFor(() => expect(document.activeElement).toBe(item))
  return { button, item }
}

const closed = () => waitFor(() => expect(screen.queryByRole("menu")).toBeNull())

test("a menu that closes gives the focus back to its button", async () => {
  const { button, item } = await openedBy(() => {})
  fireEvent.click(item)
  await closed()
  await waitFor(() => expect(document.activeElement).toBe(button))
})

test("what has the focus before the menu has faded keeps it", async () => {
  const { item } = await openedBy(() => {})
  const { promise: finished, resolve: fade } = Promise.withResolvers<void>()
  Element.prototype.getAnimations = () => [{ finished, playState: "running" } as unknown as Animation]
  try {
    fireEvent.click(item)
    const menu = screen.getByRole("menu")
    await waitFor(() => expect(menu.hasAttribute("data-closed")).toBe(true))
    screen.getByLabelText("Name").focus()
    fade()
    await closed()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(document.activeElement).toBe(screen.getByLabelText("Name"))
  } finally {
    Reflect.deleteProperty(Element.prototype, "getAnimations")
  }
})
