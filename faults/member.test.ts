import { expect, test } from "vitest"
import { secretIn } from "./member.ts"

test("only that one is out oneself may be heard of a server that one is not in", () => {
  const heard = (event: string, payload: unknown) => secretIn(event, payload, ["100", "200"])
  expect(heard("guild:removed", { guildId: "100" })).toBeUndefined()
  expect(heard("pin:removed", { channelId: "200", seq: 1 })).toBe("200")
  expect(heard("mention:removed", { channelId: "200", seq: 1, targetId: "7" })).toBe("200")
  expect(heard("role:removed", { guildId: "100", roleId: "7" })).toBe("100")
  expect(heard("channel:changed", [{ channelId: "200" }])).toBe("200")
  expect(heard("channel:changed", [{ channelId: "300" }])).toBeUndefined()
  expect(heard("gateway:resync", undefined)).toBeUndefined()
})
