import type { NextConfig } from "next"
import createNextIntlPlugin from "next-intl/plugin"
import iconWeights from "./icon-weights.cjs"
import trim from "./trim.cjs"

const everywhere = [
  { key: "x-content-type-options", value: "nosniff" },
  { key: "referrer-policy", value: "same-origin" },
  { key: "x-frame-options", value: "DENY" },
  // For whoever makes cards of links: these pages say nothing to who is not signed in.
  { key: "x-link-preview", value: "none" },
  { key: "cross-origin-opener-policy", value: "same-origin" },
  { key: "cross-origin-resource-policy", value: "same-origin" },
  {
    key: "permissions-policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Next's own client is CommonJS: what of it nobody asks for stays out of the pages.
  experimental: { turbopackCjsTreeShaking: true },
  // Packages are TypeScript without a build of their own.
  transpilePackages: ["@hearth/core", "@hearth/db", "@hearth/api", "@hearth/ui"],
  turbopack: {
    // Texts come compiled (src/i18n/catalogs.ts): what formats them needs no parser.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
    rules: {
      ...Object.fromEntries(
        Object.entries(trim.cuts).map(([file, cuts]) => [
          `**/node_modules/${file}`,
          { loaders: [{ loader: "./trim.cjs", options: { cuts } }] },
        ]),
      ),
      "**/@phosphor-icons/react/dist/defs/*.js": {
        loaders: [{ loader: "./icon-weights.cjs", options: { also: iconWeights.also } }],
      },
    },
  },
  serverExternalPackages: ["pg", "pino", "prom-client", "cassandra-driver", "ioredis", "sharp"],
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    {
      source: "/:path*",
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "strict-transport-security", value: "max-age=31536000" }],
    },
  ],
}

export default createNextIntlPlugin()(config)
