import { expect, it } from "vitest"
import { boundedRequest } from "./bounded-request.ts"

const url = "http://hearth.example/api/auth/callback/credentials?x=1"
const post = (body: string | ReadableStream<Uint8Array>) =>
  new Request(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    duplex: "half",
  } as RequestInit)

it("hands on what fits", async () => {
  const request = await boundedRequest(post("email=a&password=b"))
  if (request instanceof Response) throw new Error("it was refused")
  expect(request.nextUrl.searchParams.get("x")).toBe("1")
  expect(request.headers.get("content-type")).toBe("application/x-www-form-urlencoded")
  expect(await request.text()).toBe("email=a&password=b")
})

it("does not read a body without end", async () => {
  let given = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      given++
      controller.enqueue(new Uint8Array(16_384))
    },
  })
  const answer = await boundedRequest(post(endless))
  expect(answer).toMatchObject({ status: 413 })
  expect(given).toBeLessThan(10)
})
