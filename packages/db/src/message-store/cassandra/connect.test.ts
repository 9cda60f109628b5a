import { expect, test } from "vitest"
import { portOf } from "./connect.ts"

test.each([
  ["10.0.0.1", 9042],
  ["10.0.0.1:19042", 19042],
  ["cassandra.example:7", 7],
  ["[fd00::1]:19042", 19042],
  ["fd00::1", 9042],
  [undefined, 9042],
])("the nodes of %s are looked for on %i", (contactPoint, port) => expect(portOf(contactPoint)).toBe(port))
