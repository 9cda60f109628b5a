import { expect, test } from "vitest"
import { orderName } from "./order-name.ts"

const sorted = (...names: string[]) =>
  names.toSorted((a, b) => (orderName(a) < orderName(b) ? -1 : orderName(a) > orderName(b) ? 1 : 0))

test("letters with marks stand beside those without", () => {
  expect(sorted("zoe", "émile", "emil", "emma", "ørjan", "otto", "östen", "abel", "łukasz", "lutz")).toEqual([
    "abel",
    "emil",
    "émile",
    "emma",
    "łukasz",
    "lutz",
    "ørjan",
    "östen",
    "otto",
    "zoe",
  ])
})

test("two names that only marks tell apart are not one", () => {
  expect(sorted("émil", "emil", "emíl")).toEqual(["emil", "emíl", "émil"])
  expect(new Set(["emil", "émil", "emíl"].map(orderName)).size).toBe(3)
})

test("scripts without such marks keep their order, and what a mark spells stays", () => {
  expect(sorted("яна", "анна", "борис")).toEqual(["анна", "борис", "яна"])
  // A vowel sign is no accent: without it these two were one.
  expect(orderName("कि")).not.toBe(orderName("क"))
  expect(orderName("कि").startsWith("कि")).toBe(true)
})
