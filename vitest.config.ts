import { defineConfig } from "vitest/config"

const ignored = ["**/node_modules/**", "**/.next/**", "**/.cache/**", "**/.hearth/**", "**/.hearth-demo/**", "e2e/**"]
const needsParts = ["pg", "redis", "cassandra", "s3", "start"].map((name) => `**/*.${name}.test.ts`)
const globalSetup = ["./packages/testing/src/global-setup.ts"]

/** What needs real parts is tried once more, and named at the end of `npm test` when it needed that (docs/decisions/0012). */
const retry = 1

/** What a test needs is in its file's name; a project boots just that, once for the whole run. */
export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Two cores, shared with the parts: more workers only make each test slower.
    maxWorkers: 2,
    // What is bounded is how long a broken test may hang: others have the processor, too.
    testTimeout: 30_000,
    hookTimeout: 30_000,
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
      {
        extends: true,
        test: {
          // The whole of Hearth, started and ended in every way. Needs the web app built.
          name: "start",
          include: ["{scripts,demo}/**/*.start.test.ts"],
          exclude: ignored,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          retry,
        },
      },
      ...["pg", "redis", "cassandra", "s3"].map((name) => ({
        extends: true as const,
        test: {
          name,
          globalSetup,
          include: [`**/*.${name}.test.ts`],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          retry,
        },
      })),
    ],
  },
})
