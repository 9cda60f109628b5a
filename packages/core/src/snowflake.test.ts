import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { newSnowflake, Snowflake, SNOWFLAKE_EPOCH, snowflakeAt, snowflakeTime } from "./snowflake.ts"
import { compareSnowflakes } from "./snowflake-order.ts"

const YEAR_2079 = SNOWFLAKE_EPOCH + 2 ** 41 - 1
const times = fc.integer({ min: SNOWFLAKE_EPOCH + 1, max: YEAR_2079 })
const ids = fc.bigInt({ min: 1n, max: (1n << 63n) - 1n }).map(String)

describe("an id", () => {
  it("carries its time to the millisecond", () => {
    fc.assert(
      fc.property(times, (ms) => {
        expect(snowflakeTime(newSnowflake(ms))).toBe(ms)
      }),
    )
  })

  it("fits a signed 64-bit integer until 2079", () => {
    expect(BigInt(newSnowflake(YEAR_2079))).toBeLessThan(1n << 63n)
    expect(Snowflake.safeParse(newSnowflake(YEAR_2079)).success).toBe(true)
  })

  it("made later is larger, whatever its low bits", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 1_000_000 }), (ms, earlier) => {
        expect(compareSnowflakes(newSnowflake(Math.max(SNOWFLAKE_EPOCH, ms - earlier)), newSnowflake(ms))).toBeLessThan(
          0,
        )
      }),
    )
  })

  it("before 2010 starts at the epoch", () => {
    expect(snowflakeAt(0)).toBe(0n)
  })

  it("is unlike another of the same millisecond", () => {
    const now = Date.UTC(2026, 10, 1)
    expect(new Set(Array.from({ length: 50 }, () => newSnowflake(now))).size).toBeGreaterThan(45)
  })
})

describe("the order of ids", () => {
  it("is the order of the numbers", () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const [x, y] = [BigInt(a), BigInt(b)]
        expect(Math.sign(compareSnowflakes(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0)
      }),
    )
  })
})

describe("what is not an id", () => {
  it.each([
    "",
    "0",
    "01",
    "-1",
    "1.5",
    "abc",
    "1e3",
    " 1",
    "1 ",
    "９",
    "9223372036854775808",
    "99999999999999999999",
    "__proto__",
  ])("%j is refused with a sentence", (bad) => {
    const result = Snowflake.safeParse(bad)
    expect(result.error?.issues.map((i) => i.message)).toEqual(["That is not an id."])
  })

  it("a number is refused: ids do not fit one", () => {
    expect(Snowflake.safeParse(5).success).toBe(false)
  })

  it("the largest is accepted", () => {
    expect(Snowflake.parse("9223372036854775807")).toBe("9223372036854775807")
  })
})
