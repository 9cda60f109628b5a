import { describe, expect, it } from "vitest"
import { deviceName, isPhone } from "./device-name.ts"

const words = { both: (browser: string, system: string) => `${browser} on ${system}`, unknown: "Unknown device" }

describe("a device's name", () => {
  it.each([
    ["Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux", false],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
      "Chrome on Windows",
      false,
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0",
      "Edge on Windows",
      false,
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
      "Safari on iPhone",
      true,
    ],
    ["curl/8.9", "curl/8.9", false],
    ["  ", "Unknown device", false],
  ])("%s", (ua, name, phone) => {
    expect(deviceName(ua, words)).toBe(name)
    expect(isPhone(ua)).toBe(phone)
  })
})
