import { cleanup, createEvent, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, describe, expect, it, vi } from "vitest"
import { Link } from "./link.tsx"

const router = { push: vi.fn(), replace: vi.fn(), prefetch: vi.fn() }
vi.mock("next/navigation", () => ({ useRouter: () => router }))

afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

const press = (init: MouseEventInit = {}): boolean => {
  const link = screen.getByRole("link")
  const click = createEvent.click(link, { button: 0, ...init })
  fireEvent(link, click)
  const taken = click.defaultPrevented
  return taken
}

describe("a link", () => {
  it("opens its page without loading everything anew", () => {
    render(<Link href="/settings/account">Settings</Link>)
    expect(press()).toBe(true)
    expect(router.push.mock.calls).toEqual([["/settings/account"]])
  })

  it("takes the place of this page where it is told to", () => {
    render(
      <Link href="/settings/account" replace>
        Settings
      </Link>,
    )
    press()
    expect(router.replace.mock.calls).toEqual([["/settings/account"]])
    expect(router.push).not.toHaveBeenCalled()
  })

  it("that goes there by itself asks nothing of the server", () => {
    const go = vi.fn()
    render(
      <Link href="/s/1/2" onNavigate={go}>
        general
      </Link>,
    )
    fireEvent.focus(screen.getByRole("link"))
    expect(press()).toBe(true)
    expect(go).toHaveBeenCalledOnce()
    expect([router.push.mock.calls.length, router.prefetch.mock.calls.length]).toEqual([0, 0])
  })

  it.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }])(
    "leaves a press with %j to the browser",
    (init) => {
      const go = vi.fn()
      render(
        <Link href="/s/1/2" onNavigate={go}>
          general
        </Link>,
      )
      // jsdom goes nowhere; what counts is that nobody keeps the browser from it.
      expect(press(init)).toBe(false)
      expect(go).not.toHaveBeenCalled()
    },
  )

  it("that somebody has answered already does nothing more", () => {
    render(
      <Link href="/settings/account" onClick={(event) => event.preventDefault()}>
        Settings
      </Link>,
    )
    press()
    expect(router.push).not.toHaveBeenCalled()
  })

  it("prepares its page when one is about to press", () => {
    render(<Link href="/settings/account">Settings</Link>)
    expect(router.prefetch).not.toHaveBeenCalled()
    fireEvent.pointerEnter(screen.getByRole("link"))
    expect(router.prefetch.mock.calls).toEqual([["/settings/account"]])
  })
})
