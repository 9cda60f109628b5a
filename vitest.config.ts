import { defineConfig } from "vitest/config"

const ignored = ["**/node_modules/**", "**/.next/**", "**/.cache/**", "**/.hearth/**", "e2e/**"]
const needsParts = ["**/*.pg.test.ts", "**/*.redis.test.ts", "**/*.cassandra.test.ts"]
const globalSetup = ["./packages/testing/src/global-setup.ts"]

/** What a test needs is in its file's name; a project boots just that, once for the whole run. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Two cores, shared with the parts: more workers only make each test slower.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...ignored, ...needsParts, "**/*.dom.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          include: ["**/*.dom.test.{ts,tsx}"],
          exclude: ignored,
        },
      },
      ...["pg", "redis", "cassandra"].map((name) => ({
        extends: true as const,
        test: {
          name,
          globalSetup,
          include: [`**/*.${name}.test.ts`],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      })),
    ],
  },
})
