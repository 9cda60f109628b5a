import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { FileStore } from "./port.ts"
import { newFileKey } from "./port.ts"
import { openS3Files } from "./s3.ts"

// Answers that the server of the other tests does not give.
let answer: (response: ServerResponse) => void
const server = createServer((request, response) => {
  request.resume().on("end", () => answer(response))
})
let files: FileStore
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening")
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  files = openS3Files({ endpoint, bucket: "b", region: "r", accessKeyId: "a", secretAccessKey: "s", patienceMs: 300 })
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const missing = (code: string) => (response: ServerResponse) =>
  response.writeHead(404).end(`<Error><Code>${code}</Code></Error>`)

test("a file is not there when it is said of the file, and not of its bucket or of nothing", async () => {
  answer = missing("NoSuchKey")
  expect(await files.get(newFileKey())).toBeNull()
  await files.delete(newFileKey())
  for (const code of ["NoSuchBucket", ""]) {
    answer = missing(code)
    await expect(files.get(newFileKey())).rejects.toMatchObject({ code: "UNAVAILABLE" })
    await expect(files.delete(newFileKey())).rejects.toMatchObject({ code: "UNAVAILABLE" })
  }
})

test("an answer that begins and does not end is UNAVAILABLE, whatever was asked", async () => {
  answer = (response) => response.writeHead(200, { "content-length": "10" }).write("x")
  const works = [files.get(newFileKey()), files.put(newFileKey(), new Uint8Array([1])), files.delete(newFileKey())]
  for (const settled of await Promise.allSettled(works))
    expect(settled).toMatchObject({ status: "rejected", reason: { code: "UNAVAILABLE" } })
})
