export type { Connection, GatewayClient } from "./gateway-client.ts"
export type { MemberRange, Members } from "./member-slices.ts"
export * from "./provider.tsx"
