import { defineConfig, devices } from "@playwright/test"

const launchOptions = {
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--font-render-hinting=none",
    "--disable-font-subpixel-positioning",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
  ],
}

/**
 * The built app, never a development server. A second try is a look at what kind of failure the first one was: whatever
 * passed only then is named at the end of `npm test`, and is a bug of the product or of the test.
 */
export default defineConfig<{ mode: "embedded" | "cluster" }>({
  testDir: ".",
  outputDir: "./test-results",
  forbidOnly: true,
  retries: 1,
  workers: 1,
  fullyParallel: false,
  // Bounds for what hangs, not measures of speed: after a restart the next try may be half a minute away.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: process.env["E2E_REPORT"] ?? "./test-results/report.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions,
    trace: "retain-on-first-failure",
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
  },
  // A picture that is missing or different is a failure: whoever wants new ones asks for them (npm run pictures:update).
  updateSnapshots: "none",
  snapshotPathTemplate: "{testDir}/pictures/shots/{arg}{ext}",
  projects: [
    { name: "embedded", testIgnore: /pictures\//, grepInvert: /@cluster/, use: { mode: "embedded" } },
    { name: "cluster", testIgnore: /pictures\//, grep: /@everywhere|@cluster/, use: { mode: "cluster" } },
    {
      name: "pictures",
      // What differs is shown by the picture itself.
      testMatch: /pictures\/.*\.spec\.ts$/,
      use: { mode: "embedded", trace: "off" },
      expect: { timeout: 30_000 },
      timeout: 180_000,
    },
  ],
})
