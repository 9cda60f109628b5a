import { expect, test, vi } from "vitest"
import { answerPicture } from "./preview-picture.ts"

const ID = "abcdefghijklmnopqrstuvwxyz012345"
const asked = (isIn: boolean, picture: Buffer | null) => ({
  isSignedIn: async () => isIn,
  read: vi.fn(async () => picture),
})

test("a picture is answered to who is signed in, as a picture and nothing else", async () => {
  const answer = await answerPicture(ID, asked(true, Buffer.from("RIFF")))
  expect(answer.status).toBe(200)
  expect(await answer.text()).toBe("RIFF")
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "image/webp",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=31536000, immutable",
  })
})

test("nobody else has it, and what is not there is not kept", async () => {
  const stranger = asked(false, Buffer.from("RIFF"))
  expect((await answerPicture(ID, stranger)).status).toBe(401)
  expect(stranger.read).not.toHaveBeenCalled()
  const gone = await answerPicture(ID, asked(true, null))
  expect(gone.status).toBe(404)
  expect(gone.headers.get("cache-control")).toBe("no-store")
  for (const id of ["short", "../../etc/passwd", `${ID}.png`]) {
    const deps = asked(true, Buffer.from("RIFF"))
    expect((await answerPicture(id, deps)).status).toBe(404)
    expect(deps.read).not.toHaveBeenCalled()
  }
})
