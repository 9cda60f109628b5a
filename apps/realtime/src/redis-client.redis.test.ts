import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { privateRedis, testRedis } from "@hearth/testing"
import { Redis } from "ioredis"
import { expect, test } from "vitest"
import { assertRedis, seldom } from "./redis-client.ts"

test("a Redis that answers is taken, and one that is away is waited for", async () => {
  await using redis = await testRedis()
  await assertRedis(redis.url)
  await assertRedis("redis://127.0.0.1:1")
  await using own = await privateRedis()
  own.pause()
  await assertRedis(own.url)
  own.resume()
  await own.kill()
  await assertRedis(own.url)
})

test("a wrong password, a wrong database and another program are said at once, with the variable's name", async () => {
  await using own = await privateRedis()
  await expect(assertRedis(`${own.url}/99`)).rejects.toThrow(/^REDIS_URL is wrong/)
  const admin = new Redis(own.url)
  await admin.config("SET", "requirepass", "secret")
  admin.disconnect()
  await expect(assertRedis(own.url)).rejects.toThrow(/^REDIS_URL is wrong.*NOAUTH/)
  await expect(assertRedis(own.url.replace("redis://", "redis://:guess@"))).rejects.toThrow(
    /^REDIS_URL is wrong.*WRONGPASS/,
  )
  await assertRedis(own.url.replace("redis://", "redis://:secret@"))

  const http = createServer((_, res) => res.end()).listen(0, "127.0.0.1")
  await once(http, "listening")
  const { port } = http.address() as AddressInfo
  await expect(assertRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow("not Redis")
  await new Promise((done) => http.close(done))
})

test("one kind of error is passed on once in a while, another at once", () => {
  const passed: string[] = []
  const pass = seldom((error) => passed.push(error.message))
  for (const message of ["a", "a", "b", "a"]) pass(new Error(message))
  expect(passed).toEqual(["a", "b"])
  const always = seldom((error) => passed.push(error.message), 0)
  for (const message of ["c", "c"]) always(new Error(message))
  expect(passed).toEqual(["a", "b", "c", "c"])
})
