import { type Bootstrap, DEFAULT_PERMISSIONS } from "@hearth/core"
import { expect, it } from "vitest"
import { targetsOf } from "./targets.ts"

const channel = (id: string, deny: string) => ({
  id,
  guildId: "1",
  name: `c${id}`,
  topic: "",
  position: 0,
  overwrites: [{ target: "role" as const, targetId: "1", allow: "0", deny }],
})

it("are the channels in which one may write, without the one that the message is in", () => {
  const everyone = { id: "1", guildId: "1", name: "everyone", position: 0, hoisted: false }
  const b = {
    me: { id: "7" },
    guilds: [
      {
        guild: { id: "1", name: "Home", ownerId: "8" },
        roles: [{ ...everyone, permissions: String(DEFAULT_PERMISSIONS) }],
        myRoleIds: [],
        channels: [channel("11", "0"), channel("12", "2"), channel("13", "0")],
      },
    ],
  } as unknown as Bootstrap
  expect(targetsOf(b, "11")).toEqual([{ id: "13", name: "c13", where: "Home" }])
})
