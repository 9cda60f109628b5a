import { AppError, type Conversation, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from "@hearth/core"
import { cleanup, fireEvent, render, screen } from "@testing-library/react"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { GroupPicture } from "./group-picture.tsx"

const held = vi.hoisted(() => ({ said: [] as string[], removed: [] as unknown[] }))
vi.mock("next-intl", () => ({
  useLocale: () => "en",
  useTranslations: () =>
    Object.assign((key: string, values?: { name?: string }) => (values?.name ? `${key} ${values.name}` : key), {
      has: () => false,
    }),
}))
vi.mock("@hearth/ui", async (original) => ({
  ...(await original<object>()),
  useToast: () => ({ say: (text: string) => held.said.push(text), complain() {} }),
}))
vi.mock("./conversation-face.tsx", () => ({ ConversationFace: () => <i>face</i> }))
vi.mock("../trpc/index.ts", async (original) => ({
  ...(await original<object>()),
  trpc: { conversation: { removeIcon: { mutate: async (input: unknown) => held.removed.push(input) } } },
}))

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]
const picture = (name = "canoe.png", bytes = PNG) => new File([new Uint8Array(bytes)], name, { type: "image/png" })
const group = (icon?: string): Conversation => ({
  kind: "group",
  ownerId: "1",
  people: [],
  count: 1,
  muted: false,
  pending: false,
  ...(icon && { icon }),
})

let sides = 100
let answer: () => Promise<Response>
const asked: { url: string; init: RequestInit }[] = []
const urls = new Set<string>()
beforeEach(() => {
  sides = 100
  asked.length = 0
  held.said = []
  held.removed = []
  answer = async () => Response.json({ icon: "a1" })
  // What a browser has, and jsdom has not.
  vi.stubGlobal("createImageBitmap", async () => ({ width: sides, height: sides, close() {} }))
  URL.createObjectURL = () => {
    const url = `blob:${urls.size}-${Math.random()}`
    urls.add(url)
    return url
  }
  URL.revokeObjectURL = (url) => void urls.delete(url)
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push({ url, init })
    return answer()
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  expect([...urls]).toEqual([])
})

const shows = (icon?: string) => render(<GroupPicture conversationId="7" of={group(icon)} />)
const choose = (file: File) => {
  const input = document.querySelector<HTMLInputElement>("input[type=file]")
  if (!input) throw new Error("nothing to choose with")
  fireEvent.change(input, { target: { files: [file] } })
}
const button = (name: string) => screen.findByRole("button", { name })
const preview = () => screen.queryByRole("img", { name: "preview" })

it("shows what was chosen before anything is sent, sends it, and shows it until everybody is told", async () => {
  const { rerender } = shows()
  const file = picture()
  choose(file)
  const use = await button("takePicture")
  expect(preview()?.getAttribute("src")).toMatch(/^blob:/)
  expect(screen.getByRole("status").textContent).toBe("pictureChosen canoe.png")
  expect(asked).toEqual([])
  const given = Promise.withResolvers<Response>()
  answer = () => given.promise
  fireEvent.click(use)
  expect(use.getAttribute("aria-busy")).toBe("true")
  // One press, one picture; and another is not chosen meanwhile.
  fireEvent.click(use)
  choose(picture("other.png"))
  given.resolve(Response.json({ icon: "a1" }))
  await vi.waitFor(() => expect(held.said).toEqual(["pictureGiven"]))
  expect(asked.map((a) => a.url)).toEqual(["/api/conversations/7/icon"])
  expect(asked[0]?.init).toMatchObject({ method: "POST", body: file, headers: { "content-type": "image/png" } })
  expect(preview()).not.toBeNull()
  expect(screen.queryByText(/other/)).toBeNull()
  expect(document.activeElement).toBe(await button("choosePicture"))
  rerender(<GroupPicture conversationId="7" of={group("a1")} />)
  expect(preview()).toBeNull()
})

it("shows what the group shows once that is another picture, and at once what came before the answer", async () => {
  const { rerender } = shows("old")
  choose(picture())
  fireEvent.click(await button("takePicture"))
  await vi.waitFor(() => expect(held.said).toEqual(["pictureGiven"]))
  expect(preview()).not.toBeNull()
  // Somebody else gave another right after, and this one's own event was folded into that.
  rerender(<GroupPicture conversationId="7" of={group("other")} />)
  expect(preview()).toBeNull()
  const given = Promise.withResolvers<Response>()
  answer = () => given.promise
  choose(picture())
  fireEvent.click(await button("takePicture"))
  rerender(<GroupPicture conversationId="7" of={group("b2")} />)
  given.resolve(Response.json({ icon: "b2" }))
  await vi.waitFor(() => expect(held.said).toEqual(["pictureGiven", "pictureGiven"]))
  expect(preview()).toBeNull()
})

it("looks at what was chosen last, however long an earlier one takes, and at nothing once it is closed", async () => {
  const { unmount } = shows()
  const slow = Promise.withResolvers<{ width: number; height: number; close(): void }>()
  const seen = { width: 1, height: 1, close() {} }
  vi.stubGlobal("createImageBitmap", () => slow.promise)
  choose(picture("slow.png"))
  vi.stubGlobal("createImageBitmap", async () => seen)
  await vi.waitFor(() => expect(createImageBitmap).toBeDefined())
  choose(picture("quick.png"))
  await button("takePicture")
  slow.resolve(seen)
  await slow.promise
  await new Promise((done) => setTimeout(done, 20))
  expect(screen.getByRole("status").textContent).toContain("quick.png")
  choose(picture("late.png"))
  unmount()
  await new Promise((done) => setTimeout(done, 20))
  expect([...urls]).toEqual([])
})

it("lets go of what was chosen", async () => {
  shows("a1")
  choose(picture())
  expect(await button("takePicture")).toBeDefined()
  expect(screen.queryByRole("button", { name: "removePicture" })).toBeNull()
  fireEvent.click(await button("leavePicture"))
  expect(preview()).toBeNull()
  expect(document.activeElement).toBe(await button("choosePicture"))
  expect(asked).toEqual([])
})

it("takes what is dropped there", async () => {
  shows()
  fireEvent.drop(screen.getByRole("group", { name: "picture" }), { dataTransfer: { files: [picture("dropped.png")] } })
  await button("takePicture")
  expect(screen.getByRole("status").textContent).toContain("dropped.png")
})

it.each([
  ["noPicture", () => picture("notes.png", [...new TextEncoder().encode("no picture at all")])],
  ["pictureTooLarge", () => picture("large.png", [...PNG, ...Array.from({ length: MAX_PICTURE_BYTES }, () => 0)])],
  [
    "pictureTooFine",
    () => {
      sides = Math.sqrt(MAX_PICTURE_PIXELS) + 1
      return picture()
    },
  ],
  [
    "noPicture",
    () => {
      vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("broken")))
      return picture()
    },
  ],
])("says in its place that it cannot be: %s", async (problem, file) => {
  shows()
  choose(file())
  expect((await screen.findByRole("alert")).textContent).toBe(problem)
  expect(screen.queryByRole("button", { name: "takePicture" })).toBeNull()
  expect(asked).toEqual([])
  sides = 100
  vi.stubGlobal("createImageBitmap", async () => ({ width: 1, height: 1, close() {} }))
  choose(picture())
  await button("takePicture")
  expect(screen.queryByText(problem)).toBeNull()
})

it.each([
  [
    "That was too often.",
    async () => {
      const appError = new AppError("RATE_LIMITED", "That was too often.", { retryAfterMs: 60_000 }).toWire()
      return Response.json({ error: { message: "", data: { httpStatus: 429, appError } } }, { status: 429 })
    },
  ],
  ["The server did not answer.", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["The server did not answer.", async () => new Response("<html>", { status: 502 })],
])("says what failed, keeps what was chosen, and tries again: %s", async (sentence, fails) => {
  shows()
  choose(picture())
  const fine = answer
  answer = fails
  fireEvent.click(await button("takePicture"))
  await screen.findByText((text) => text.includes(sentence))
  expect(preview()).not.toBeNull()
  expect(held.said).toEqual([])
  answer = fine
  fireEvent.click(await button("tryAgain"))
  await vi.waitFor(() => expect(held.said).toEqual(["pictureGiven"]))
  expect(screen.queryByText((text) => text.includes(sentence))).toBeNull()
})

it("takes the picture away", async () => {
  shows("a1")
  fireEvent.click(await button("removePicture"))
  await vi.waitFor(() => expect(held.said).toEqual(["pictureRemoved"]))
  expect(held.removed).toEqual([{ conversationId: "7" }])
  expect(document.activeElement).toBe(await button("choosePicture"))
})
